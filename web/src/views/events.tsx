/* What is said to have happened, by how many voices. */
import "../parts/columns.css";
import { API, useAsk } from "../api";
import { EventLine } from "../parts/event";
import { ChosenFilters, FacetColumn } from "../parts/facets";
import { filtersOf, question } from "../parts/filters";
import { PAGE, Pager } from "../parts/pager";
import { Choice } from "../parts/sorting";
import { Answer, Empty } from "../parts/states";
import { many } from "../parts/words";
import { useAddress } from "../router";
import type { EventShort, Facets as Counts, List } from "../types";

export default function Events() {
  const at = useAddress();
  const filters = filtersOf(at);
  const counts = useAsk<Counts>(question("facets", filters));
  const asked = useAsk<List<EventShort>>(question("events", filters,
    { sort: at.query.get("sort"), offset: at.query.get("offset"), limit: PAGE }));

  return (
    <>
      <div class="view-head">
        <h1>{asked.value ? many(asked.value.total, "event") : "Events"}</h1>
        <div class="actions downloads">
          <span>Download <a href={API + question("events.csv", filters)} download="events.csv">CSV</a>{" "}
            <a href={API + question("events.json", filters)} download="events.json">JSON</a></span>
        </div>
        <p>Claims that tell of one happening, taken together. Who only passes on another’s word is not a voice of its own.</p>
      </div>
      <ChosenFilters counts={counts.value} />
      <div class="beside left">
        <FacetColumn counts={counts} />
        <div>
          <div class="toolbar">
            <Choice label="Order" name="sort" options={[["support", "most voices first"],
              ["time", "earliest first"], ["-time", "latest first"], ["claims", "most claims first"]]} />
          </div>
          <Answer of={asked}>{({ items, total, offset }) => items.length ? (
            <>
              <ul class="lines">{items.map((one) => <EventLine key={one.id} event={one} />)}</ul>
              <Pager total={total} offset={offset} />
            </>) : <Empty><p>{filters.size ? "No events fit all of what is chosen." : "There are no events in this case yet."}</p></Empty>}
          </Answer>
        </div>
      </div>
    </>
  );
}
