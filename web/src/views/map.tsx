/* Where things are said to have happened: the map, and the same as a list. */
import "../parts/columns.css";
import { useAsk } from "../api";
import { ChosenFilters, FacetColumn, SameElsewhere } from "../parts/facets";
import { filtersOf, question } from "../parts/filters";
import { PartyLink } from "../parts/links";
import { MapChart } from "../parts/map-chart";
import { Answer, Empty } from "../parts/states";
import { TimelineChart } from "../parts/timeline-chart";
import { many, number } from "../parts/words";
import { changed, go, link, useAddress, type Address } from "../router";
import type { Facets as Counts, Place, Places, Timeline } from "../types";

export default function MapView() {
  const at = useAddress();
  const filters = filtersOf(at);
  const places = useAsk<Places>(question("map", filters));
  const counts = useAsk<Counts>(question("facets", filters));
  const time = useAsk<Timeline>(question("timeline", filtersOf(at, "since", "until")));

  return (
    <>
      <div class="view-head">
        <h1>Map</h1>
        <SameElsewhere but="/map" />
        <p>Where things are said to have happened. A broken outline means: somewhere in this region or country.</p>
      </div>
      <ChosenFilters counts={counts.value} />
      <Answer of={places}>{({ items, unplaced }) => (
        <div class="beside">
          <div>
            <MapChart places={items} choose={(place) => go(claimsAt(at, place))} at={at.query.get("view")}
              keep={(view) => go(changed(at, { view }), { replace: true })} />
            <p class="faint cramped screen-only">
              Drag it or use the arrow keys; the wheel or + and − zoom, 0 shows all. A place leads to what is said to have happened there.
            </p>
            {time.value && time.value.buckets.length > 1 && (
              <div class="kin">
                <TimelineChart timeline={time.value} label="Claims over time" height={96}
                  period={{ since: at.query.get("since"), until: at.query.get("until") }}
                  choose={(period, isStep) => go(changed(at, { ...period }), { keepScroll: true, replace: isStep })} />
              </div>)}
          </div>
          <div>
            <PlaceList places={items} />
            {unplaced > 0 && (
              <p class="faint cramped">{many(unplaced, "claim")} without a place that could be put on the map.</p>)}
            <div class="kin"><FacetColumn counts={counts} /></div>
          </div>
        </div>)}
      </Answer>
    </>
  );
}

/* The claims of a place, of those that are asked for now. */
function claimsAt(at: Address, place: Place): string {
  const filters = filtersOf(at, "place");
  const values = Object.fromEntries([...new Set(filters.keys())].map((name) => [name, filters.getAll(name)]));

  return link("/search", { ...values, place: place.id });
}

function PlaceList({ places }: { places: Place[] }) {
  const at = useAddress();
  const sorted = [...places].sort((a, b) => b.count - a.count);

  if (!sorted.length) return <Empty><p>No place that these claims name is on the map.</p></Empty>;
  return (
    <section aria-labelledby="places-listed">
      <h2 id="places-listed">{many(sorted.length, "place")}</h2>
      <div class="evidence kin">
        <table>
          <thead><tr><th scope="col">Place</th><th scope="col">On the map as</th><th scope="col" class="number">Claims</th></tr></thead>
          <tbody>
            {sorted.map((place) => (
              <tr key={place.id}>
                <td><PartyLink id={place.id} name={place.name} /></td>
                <td class="faint">{place.precision}</td>
                <td class="number"><a href={claimsAt(at, place)} aria-label={`${many(place.count, "claim")} in ${place.name}`}>{number(place.count)}</a></td>
              </tr>))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
