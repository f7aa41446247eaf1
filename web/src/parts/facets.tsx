/*
 * What can be asked for, with how many claims each choice leaves.  Every
 * choice is an address, so that it can be shared and taken back.
 */
import { useState } from "preact/hooks";
import { useAsk, type Asked } from "../api";
import { changed, go, link, useAddress, type Address } from "../router";
import type { Claim, Facet, Facets as Counts, List, Mark, Modality, Support, Verdict } from "../types";
import { Chosen } from "./chips";
import { Dialog } from "./dialog";
import { FILTERS, FILTER_WORDS, filtersOf, question, toggled, type Filter } from "./filters";
import { Said } from "./links";
import { Answer } from "./states";
import { MARK, MODALITY, SUPPORT, VERDICT, day, familyName, number, sureness } from "./words";

const GROUPS: [facet: string, title: string][] = [
  ["family", "What kind of act"], ["act", "What act"], ["target", "Done to"], ["actor", "Done by"],
  ["source", "Said by"], ["place", "Where"], ["publisher", "Published by"], ["support", "Support"],
  ["verdict", "Review"], ["modality", "How it is said"], ["mark", "Marks"],
];
const OPEN = ["family", "target", "actor", "support"]; /* at first */

/* A family is chosen as an act. */
const filterOf = (facet: string): Filter => (facet === "family" ? "act" : (facet as Filter));

function valueWords(facet: string, value: string, label: string): string {
  if (facet === "family") return familyName(value);
  if (facet === "modality") return MODALITY[value as Modality] ?? label;
  if (facet === "verdict") return VERDICT[value as Verdict] ?? label;
  if (facet === "support") return SUPPORT[value as Support] ?? label;
  if (facet === "mark") return MARK[value as Mark] ?? label;
  return label || "somebody unnamed";
}

/* Beside a list; on a narrow screen behind a button. */
export function FacetColumn({ counts }: { counts: Asked<Counts> }) {
  const [open, setOpen] = useState(false);

  return (
    <aside class={open ? "facet-column open" : "facet-column"} aria-label="Choose">
      <button type="button" class="facet-switch" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? "Hide the choices" : "Choose what is shown"}
      </button>
      <Answer of={counts}>{(value) => <Facets counts={value} />}</Answer>
    </aside>
  );
}

function Facets({ counts }: { counts: Counts }) {
  const [whole, setWhole] = useState<string | null>(null);

  return (
    <div class="facets">
      <PeriodFields />
      {GROUPS.map(([name, title]) => {
        const list = counts.facets[name] ?? [];
        return list.length > 0 && (
          <details key={name} open={OPEN.includes(name) || list.some((one) => one.chosen)}>
            <summary>{title}</summary>
            <Choices facet={name} list={list} />
            {list.length >= 12 && (
              <button type="button" class="plain" onClick={() => setWhole(name)}>
                All<span class="unseen">: {title}</span> …
              </button>)}
          </details>);
      })}
      <Sureness />
      {whole && <Whole facet={whole} close={() => setWhole(null)} />}
    </div>
  );
}

function Choices({ facet, list, done }: { facet: string; list: Facet[]; done?: () => void }) {
  const at = useAddress();
  const name = filterOf(facet);

  return (
    <ul class="choices">
      {list.map(({ value, label, count, chosen }) => (
        <li key={value}>
          <Choice at={at} name={name} value={value} words={valueWords(facet, value, label)} chosen={chosen}
            count={count} done={done} />
        </li>))}
    </ul>
  );
}

function Choice({ at, name, value, words, chosen, count, done }: {
  at: Address; name: Filter; value: string; words: string; chosen: boolean; count?: number; done?: () => void;
}) {
  return (
    <a href={changed(at, { [name]: toggled(at, name, value), offset: null })}
      aria-current={chosen ? "true" : undefined} onClick={done}>
      <span class="box" aria-hidden="true">{chosen ? "✓" : ""}</span>
      <Said class="label">{words}</Said>
      {count !== undefined && <span class="count">{number(count)}</span>}
    </a>
  );
}

/* All choices of one facet, to be searched. */
function Whole({ facet, close }: { facet: string; close: () => void }) {
  const at = useAddress();
  const [find, setFind] = useState("");
  const title = GROUPS.find(([name]) => name === facet)?.[1] ?? facet;
  const asked = useAsk<Counts>(question("facets", filtersOf(at), { facet, limit: 100, find }));

  return (
    <Dialog title={title} close={close}>
      <label>Find
        <input type="text" dir="auto" autofocus value={find} onInput={(event) => setFind(event.currentTarget.value)} />
      </label>
      <Answer of={asked}>{({ facets }) => <Choices facet={facet} list={facets[facet] ?? []} done={close} />}</Answer>
    </Dialog>
  );
}

/* How sure the reading is, in the steps that the words of a claim have. */
const SURE = ["0.85-1", "0.6-0.85", "0.35-0.6", "0-0.35"];
const sureWords = (range: string): string =>
  SURE.includes(range) ? sureness(Number(range.split("-")[0])) : range;

function Sureness() {
  const at = useAddress();
  const chosen = at.query.getAll("confidence");

  return (
    <details open={chosen.length > 0}>
      <summary>How sure the reading is</summary>
      <ul class="choices">
        {SURE.map((range) => (
          <li key={range}>
            <Choice at={at} name="confidence" value={range} words={sureWords(range)} chosen={chosen.includes(range)} />
          </li>))}
      </ul>
    </details>
  );
}

function PeriodFields() {
  const at = useAddress();
  const field = (name: "since" | "until", words: string) => (
    <label>{words}
      <input type="date" value={at.query.get(name) ?? ""}
        onChange={(event) => go(changed(at, { [name]: event.currentTarget.value, offset: null }), { keepScroll: true })} />
    </label>
  );

  return (
    <fieldset class="period-fields">
      <legend>When</legend>
      {field("since", "Since")}
      {field("until", "Until")}
    </fieldset>
  );
}

/* What is chosen, each with a way to take it back. */
export function ChosenFilters({ counts }: { counts?: Counts }) {
  const at = useAddress();
  const chosen = FILTERS.flatMap((name) => at.query.getAll(name).map((value) => ({ name, value })));

  if (!chosen.length) return null;
  return (
    <div class="chips chosen-filters" role="group" aria-label="What is chosen">
      {chosen.map(({ name, value }) =>
        <ChosenOne key={`${name} ${value}`} name={name} value={value} known={labelIn(name, value, counts)} />)}
      <a href={withoutFilters(at)}>Take all away</a>
    </div>
  );
}

function ChosenOne({ name, value, known }: { name: Filter; value: string; known: string | null }) {
  const at = useAddress();
  const asked = useName(name, value, known === null);

  return (
    <Chosen words={`${FILTER_WORDS[name]}: ${known ?? asked ?? value.replace(/^n:/, "")}`}
      href={changed(at, { [name]: toggled(at, name, value), offset: null })} />
  );
}

/* What the answers that are here call a value; null where only asking tells. */
function labelIn(name: Filter, value: string, counts?: Counts): string | null {
  const facets = name === "act" ? ["act", "family"] : name === "party" ? ["actor", "target"] : [name];

  if (name === "since" || name === "until") return day(value);
  if (name === "act" && !value.includes(".")) return familyName(value);
  if (name === "confidence") return sureWords(value);
  for (const facet of facets) {
    const found = counts?.facets[facet]?.find((one) => one.value === value);
    if (found) return valueWords(facet, value, found.label);
  }
  return isId(value) ? null : valueWords(name, value, value.replace(/^n:/, ""));
}

const isId = (value: string): boolean => /^[pde]\d+$/.test(value);

/* The name behind an id that stands in the address. */
function useName(name: Filter, value: string, wanted: boolean): string | null {
  const path = !wanted || !isId(value) ? null
    : name === "document" ? `claims?document=${value}&limit=1`
      : name === "event" ? `events/${value}` : `parties/${value}`;
  const { value: answer } = useAsk<{ name?: string; title?: string } & Partial<List<Claim>>>(path, { still: true });
  const document = answer?.items?.[0]?.document;

  return document ? document.title || document.name : answer?.name ?? answer?.title ?? null;
}

function withoutFilters(at: Address): string {
  return changed(at, Object.fromEntries([...FILTERS, "offset"].map((name) => [name, null])));
}

/* The same question asked of another view. */
export function SameElsewhere({ but }: { but: string }) {
  const at = useAddress();
  const filters = filtersOf(at);
  const values = Object.fromEntries([...new Set(filters.keys())].map((name) => [name, filters.getAll(name)]));
  const views: [path: string, words: string][] =
    [["/search", "Claims"], ["/timeline", "Timeline"], ["/map", "Map"], ["/review", "Review these"]];

  return (
    <nav class="elsewhere screen-only" aria-label="The same claims elsewhere">
      {views.filter(([path]) => path !== but).map(([path, words]) =>
        <a key={path} href={link(path, values)}>{words}</a>)}
    </nav>
  );
}
