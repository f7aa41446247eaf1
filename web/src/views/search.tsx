/* Ask the case: facets, a period, and what is said by whoever is chosen. */
import "../parts/columns.css";
import { API, useAsk } from "../api";
import { ClaimList } from "../parts/claim";
import { ChosenFilters, FacetColumn, SameElsewhere } from "../parts/facets";
import { filtersOf, question } from "../parts/filters";
import { EventLine } from "../parts/event";
import { DocumentLink } from "../parts/links";
import { PAGE, Pager } from "../parts/pager";
import { Choice } from "../parts/sorting";
import { Answer, Empty } from "../parts/states";
import { Tabs } from "../parts/tabs";
import { TimelineChart } from "../parts/timeline-chart";
import { many } from "../parts/words";
import { changed, go, link, useAddress } from "../router";
import { notify } from "../shell/notices";
import type { Claim, EventShort, Facets as Counts, Found, List, Timeline } from "../types";

const CLAIM_ORDERS: [string, string][] = [
  ["document", "as in the documents"], ["time", "earliest first"], ["-time", "latest first"],
  ["confidence", "least sure reading first"], ["-confidence", "surest reading first"], ["support", "by support"],
];
const EVENT_ORDERS: [string, string][] = [
  ["support", "by support"], ["time", "earliest first"], ["-time", "latest first"], ["claims", "by claims"],
];

export default function Search() {
  const at = useAddress();
  const filters = filtersOf(at);
  const counts = useAsk<Counts>(question("facets", filters));
  const tab = at.query.get("tab") ?? "claims";

  return (
    <>
      <div class="view-head">
        <h1>{counts.value ? many(counts.value.total, "claim") : "Claims"}</h1>
        <SameElsewhere but="/search" />
        <Share tab={tab} filters={filters} />
      </div>
      <ChosenFilters counts={counts.value} />
      <div class="beside left">
        <FacetColumn counts={counts} />
        <div>
          <Period />
          <div class="list-head">
            <Tabs name="tab" label="Show" tabs={[["claims", "Claims"], ["events", "Events"], ["sentences", "Sentences"]]} />
            {tab !== "sentences" && <Choice label="Order" name="sort" options={tab === "events" ? EVENT_ORDERS : CLAIM_ORDERS} />}
          </div>
          {tab === "events" ? <Events filters={filters} />
            : tab === "sentences" ? <Sentences /> : <Claims filters={filters} />}
        </div>
      </div>
    </>
  );
}

/* Brushing a period changes the address, which everything follows. */
function Period() {
  const at = useAddress();
  const asked = useAsk<Timeline>(question("timeline", filtersOf(at, "since", "until")));

  if (!asked.value || asked.value.buckets.length < 2) return null;
  return (
    <TimelineChart timeline={asked.value} label="Claims over time" height={96}
      period={{ since: at.query.get("since"), until: at.query.get("until") }}
      choose={({ since, until }, isStep) =>
        go(changed(at, { since, until, offset: null }), { keepScroll: true, replace: isStep })} />
  );
}

function Share({ tab, filters }: { tab: string; filters: URLSearchParams }) {
  const copy = () => navigator.clipboard.writeText(window.location.href).then(
    () => notify("The link to this view is copied."),
    () => notify("The link could not be copied; it stands in the address bar.", { bad: true }));
  const what = tab === "events" ? "events" : "claims";
  const file = (name: string) => <a href={API + question(name, filters)} download={name}>{name.endsWith("csv") ? "CSV" : "JSON"}</a>;

  return (
    <div class="actions downloads">
      <button type="button" class="plain" onClick={copy}>Copy link</button>
      <span>Download {file(`${what}.csv`)} {file(`${what}.json`)}</span>
    </div>
  );
}

function Claims({ filters }: { filters: URLSearchParams }) {
  const at = useAddress();
  const asked = useAsk<List<Claim>>(question("claims", filters,
    { sort: at.query.get("sort"), offset: at.query.get("offset"), limit: PAGE }));

  return (
    <Answer of={asked}>{({ items, total, offset }) => items.length ? (
      <>
        <ClaimList claims={items} />
        <Pager total={total} offset={offset} />
      </>) : <Nothing />}
    </Answer>
  );
}

function Events({ filters }: { filters: URLSearchParams }) {
  const at = useAddress();
  const asked = useAsk<List<EventShort>>(question("events", filters,
    { sort: at.query.get("sort"), offset: at.query.get("offset"), limit: PAGE }));

  return (
    <Answer of={asked}>{({ items, total, offset }) => items.length ? (
      <>
        <ul class="lines">{items.map((one) => <EventLine key={one.id} event={one} />)}</ul>
        <Pager total={total} offset={offset} />
      </>) : <Nothing />}
    </Answer>
  );
}

/* Sentences with the words, whether or not a claim was found in them. */
function Sentences() {
  const at = useAddress();
  const words = at.query.getAll("text").join(" ");
  const asked = useAsk<List<Found>>(words
    ? question("search", new URLSearchParams({ words }), { offset: at.query.get("offset"), limit: PAGE }) : null);

  if (!words) return <Empty><p>Write words into the search field above to find the sentences that have them.</p></Empty>;
  return (
    <Answer of={asked}>{({ items, total, offset }) => items.length ? (
      <>
        <p class="faint">{many(total, "sentence")} with these words, in all documents, whatever else is chosen.</p>
        <ul class="lines">
          {items.map((one) => (
            <li key={`${one.document.id} ${one.from}`} class="line">
              <p class="sentence" dir="auto"><Marked text={one.sentence} spans={one.words} /></p>
              <div class="line-foot">
                <DocumentLink document={one.document} claim={one.claims[0]} />
                {one.claims.length
                  ? <a href={link(`/documents/${one.document.id}`, { claim: one.claims[0] })}>{many(one.claims.length, "claim")}</a>
                  : <span class="faint">no claim found</span>}
              </div>
            </li>))}
        </ul>
        <Pager total={total} offset={offset} />
      </>) : <Nothing />}
    </Answer>
  );
}

/* Spans count code points; they come in order and do not overlap. */
function Marked({ text, spans }: { text: string; spans: [number, number][] }) {
  const letters = [...text];
  const sorted = [...spans].sort((a, b) => a[0] - b[0]);
  let at = 0;

  return (
    <>
      {sorted.map(([from, to]) => {
        const before = letters.slice(at, from).join("");
        at = Math.max(at, to);
        return <>{before}<mark>{letters.slice(from, to).join("")}</mark></>;
      })}
      {letters.slice(at).join("")}
    </>
  );
}

function Nothing() {
  const at = useAddress();
  const isFiltered = filtersOf(at).size > 0;

  return (
    <Empty>
      <p>{isFiltered ? "Nothing fits all of what is chosen. Take some of it away." : "There are no claims in this case yet."}</p>
      {isFiltered ? <p><a href="/search">Show everything</a></p> : <p><a href="/documents">Add documents</a></p>}
    </Empty>
  );
}
