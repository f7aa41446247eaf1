/* People, groups and places: a list of each, to be found and sorted. */
import "../parts/columns.css";
import { useAsk } from "../api";
import { FindField, Choice } from "../parts/sorting";
import { PartyLink, Said } from "../parts/links";
import { PAGE, Pager } from "../parts/pager";
import { Answer, Empty } from "../parts/states";
import { Tabs } from "../parts/tabs";
import { KINDS, many, number } from "../parts/words";
import { link, useAddress } from "../router";
import type { Kind, List, PartyShort, Proposal } from "../types";

const ORDERS: [string, string][] = [
  ["-documents", "most documents first"], ["name", "by name"], ["-acting", "most often acting"],
  ["-suffering", "most often suffering"], ["-saying", "most often a source"],
];

export default function People() {
  const at = useAddress();
  const kind = (at.query.get("kind") ?? "person") as Kind;
  const query = new URLSearchParams({ kind, limit: String(PAGE) });
  for (const name of ["find", "sort", "offset"])
    if (at.query.get(name)) query.set(name, at.query.get(name)!);
  const asked = useAsk<List<PartyShort>>(`parties?${query}`);
  const perhaps = useAsk<List<Proposal>>(`proposals?kind=${kind}&limit=1`);

  return (
    <>
      <div class="view-head">
        <h1>{KINDS[kind] ?? "People"}</h1>
        {perhaps.value && perhaps.value.total > 0 && (
          <div class="actions">
            <a class="button" href={link("/proposals", { kind })}>
              {many(perhaps.value.total, "pair")} perhaps the same
            </a>
          </div>)}
      </div>
      <Tabs name="kind" label="Kind" tabs={[["person", KINDS.person], ["group", KINDS.group], ["place", KINDS.place]]} />
      <div class="toolbar">
        <FindField label="Find a name" />
        <Choice label="Order" name="sort" options={ORDERS} />
      </div>
      <Answer of={asked}>{({ items, total, offset }) => items.length ? (
        <>
          <p class="faint">{many(total, "name")}</p>
          {kind === "place" ? <PlaceTable list={items} /> : <PartyTable list={items} />}
          <Pager total={total} offset={offset} />
        </>) : <Empty><p>{at.query.get("find") ? "Nobody in this case is called so." : "The documents name nobody here."}</p></Empty>}
      </Answer>
    </>
  );
}

function PartyTable({ list }: { list: PartyShort[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Names">
      <table class="ledger">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" class="number">Documents</th>
            <th scope="col" class="number">Said to have done</th>
            <th scope="col" class="number">Said to have suffered</th>
            <th scope="col" class="number">Says</th>
            <th scope="col">Years</th>
          </tr>
        </thead>
        <tbody>
          {list.map((one) => (
            <tr key={one.id}>
              <Name of={one} />
              <td class="number" data-label={one.documents === 1 ? "document" : "documents"}>{number(one.documents)}</td>
              <Count n={one.acting} href={link("/search", { actor: one.id })} label="done" words={`claims of what ${one.name} is said to have done`} />
              <Count n={one.suffering} href={link("/search", { target: one.id })} label="suffered" words={`claims of what ${one.name} is said to have suffered`} />
              <Count n={one.saying} href={link("/search", { source: one.id })} label="by their word" words={`claims by the word of ${one.name}`} />
              <td class="faint">{years(one)}</td>
            </tr>))}
        </tbody>
      </table>
    </div>
  );
}

function PlaceTable({ list }: { list: PartyShort[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Places">
      <table class="ledger">
        <thead>
          <tr>
            <th scope="col">Name</th><th scope="col" class="number">Documents</th>
            <th scope="col" class="number">Claims of what happened there</th><th scope="col">Years</th>
          </tr>
        </thead>
        <tbody>
          {list.map((one) => (
            <tr key={one.id}>
              <Name of={one} />
              <td class="number" data-label={one.documents === 1 ? "document" : "documents"}>{number(one.documents)}</td>
              <Count n={one.happening} href={link("/search", { place: one.id })} label="claims" words={`claims of what happened in ${one.name}`} />
              <td class="faint">{years(one)}</td>
            </tr>))}
        </tbody>
      </table>
    </div>
  );
}

function Name({ of }: { of: PartyShort }) {
  const others = of.names.filter((name) => name !== of.name);

  return (
    <td>
      <PartyLink id={of.id} name={of.name} />
      {others.length > 0 && (
        <div class="names">also {others.slice(0, 4).map((name, i) => <>{i > 0 && ", "}<Said>{name}</Said></>)}
          {others.length > 4 && ` and ${others.length - 4} more`}</div>)}
    </td>
  );
}

function Count({ n, href, label, words }: { n: number; href: string; label: string; words: string }) {
  return (
    <td class={n ? "number" : "number none"} data-label={label}>
      {n ? <a href={href} aria-label={`${number(n)} ${words}`}>{number(n)}</a> : <span class="faint">0</span>}
    </td>
  );
}

function years({ first_year, last_year }: PartyShort): string {
  if (first_year === null) return "";
  return first_year === last_year || last_year === null ? String(first_year) : `${first_year} to ${last_year}`;
}
