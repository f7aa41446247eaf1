/* When things are said to have happened; a brushed period narrows the rest. */
import "../parts/columns.css";
import { useAsk } from "../api";
import { EventLine } from "../parts/event";
import { ChosenFilters, FacetColumn, SameElsewhere } from "../parts/facets";
import { filtersOf, question } from "../parts/filters";
import { PAGE, Pager } from "../parts/pager";
import { Answer, Empty } from "../parts/states";
import { TimelineChart, type Period } from "../parts/timeline-chart";
import { days, many } from "../parts/words";
import { changed, go, useAddress } from "../router";
import type { EventShort, Facets as Counts, List, Timeline } from "../types";

export default function TimelineView() {
  const at = useAddress();
  const counts = useAsk<Counts>(question("facets", filtersOf(at)));
  const whole = useAsk<Timeline>(question("timeline", filtersOf(at, "since", "until")));
  const [since, until] = [at.query.get("since"), at.query.get("until")];

  const choose = (period: Period, isStep: boolean) =>
    go(changed(at, { ...period, offset: null }), { keepScroll: true, replace: isStep });
  return (
    <>
      <div class="view-head">
        <h1>Timeline</h1>
        <SameElsewhere but="/timeline" />
        <p>When things are said to have happened. Where the text does not say when, the document’s day counts.</p>
      </div>
      <ChosenFilters counts={counts.value} />
      <section class="panel" aria-label="All of it">
        <Answer of={whole}>{(timeline) => timeline.buckets.length
          ? (
            <>
              <TimelineChart timeline={timeline} label="Claims over time" height={130} period={{ since, until }} choose={choose} />
              <p class="faint cramped screen-only">
                Drag over the bars to choose a period, or move its two ends with the arrow keys.
                {timeline.undated > 0 && ` ${many(timeline.undated, "claim")} without a day.`}
              </p>
            </>)
          : <Empty><p>No claims to show.</p></Empty>}
        </Answer>
      </section>
      {(since || until) && <Chosen since={since} until={until} choose={choose} />}
      <div class="beside left kin">
        <FacetColumn counts={counts} />
        <Events />
      </div>
    </>
  );
}

const claimsIn = (buckets: Timeline["buckets"]): number => buckets.reduce((sum, one) => sum + one.count, 0);

/* The chosen period by itself, in finer steps. */
function Chosen({ since, until, choose }: {
  since: string | null; until: string | null; choose: (period: Period, isStep: boolean) => void;
}) {
  const at = useAddress();
  const asked = useAsk<Timeline>(question("timeline", filtersOf(at)));

  return (
    <section class="panel kin" aria-labelledby="chosen-period">
      <header>
        <h2 id="chosen-period">{since && until ? days(since, until) : since ? `Since ${days(since, since)}` : `Until ${days(until, until)}`}</h2>
        <button type="button" class="plain screen-only" onClick={() => choose({ since: null, until: null }, false)}>Show all of it</button>
      </header>
      <Answer of={asked}>{(timeline) => {
        const within = timeline.buckets.filter((one) => (!since || one.to >= since) && (!until || one.from <= until));
        const earlier = claimsIn(timeline.buckets) - claimsIn(within);
        return (
          <>
            <TimelineChart timeline={{ ...timeline, buckets: within }} label="The chosen period" height={150}
              period={{ since, until }} choose={choose} />
            {earlier > 0 && <p class="faint cramped">{many(earlier, "claim")} of a longer time that began before it.</p>}
          </>);
      }}
      </Answer>
    </section>
  );
}

function Events() {
  const at = useAddress();
  const asked = useAsk<List<EventShort>>(question("events", filtersOf(at),
    { sort: "time", offset: at.query.get("offset"), limit: PAGE }));

  return (
    <section aria-labelledby="in-order">
      <h2 id="in-order">Events in the order of time</h2>
      <Answer of={asked}>{({ items, total, offset }) => items.length ? (
        <>
          <ul class="lines kin">{items.map((one) => <EventLine key={one.id} event={one} />)}</ul>
          <Pager total={total} offset={offset} />
        </>) : <Empty><p>Nothing is said of this period.</p></Empty>}
      </Answer>
    </section>
  );
}
