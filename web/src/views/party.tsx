/* A person, group or place: who calls it what, and what is said. */
import "../parts/columns.css";
import { useState } from "preact/hooks";
import { useAsk } from "../api";
import { ClaimList } from "../parts/claim";
import { EventLine } from "../parts/event";
import { Reasons, Rulings } from "../parts/identity";
import { ClaimLink, DocumentLink, PartyLink, Said } from "../parts/links";
import { MergeParties, SplitParty } from "../parts/merging";
import { Network, TieList } from "../parts/network";
import { Answer } from "../parts/states";
import { LeadingTimeline } from "../parts/timeline-chart";
import { SUPPORT, days, many, number } from "../parts/words";
import { go, link } from "../router";
import { mayChange } from "../shell/reviewer";
import type { Claim, PartyFull, Support, Ties } from "../types";

export default function Party({ id }: { id: string }) {
  const asked = useAsk<PartyFull>(`parties/${encodeURIComponent(id)}`, { fresh: true });

  return <Answer of={asked}>{(party) => <Page party={party} again={asked.again} />}</Answer>;
}

function Page({ party, again }: { party: PartyFull; again: () => void }) {
  const ties = useAsk<Ties>(`parties/${encodeURIComponent(party.id)}/ties`);
  const [asking, setAsking] = useState<{ what: "merge" | "split"; other?: string } | null>(null);
  const start = (what: "merge" | "split", other?: string) => async () => {
    if (await mayChange()) setAsking({ what, other });
  };
  const done = (to: string) => {
    setAsking(null);
    if (to !== party.id) go(`/people/${to}`, { replace: true });
    else again();
  };

  return (
    <>
      <div class="view-head">
        <h1 dir="auto">{party.name}</h1>
        <span class="faint">{party.kind} <span class="id">{party.id}</span></span>
        <div class="actions">
          <button type="button" onClick={start("merge")}>Is the same as …</button>
          <button type="button" onClick={start("split")}>Is several …</button>
        </div>
        <About party={party} />
      </div>
      <Figures party={party} />
      <div class="beside">
        <div class="panels">
          {party.timeline.buckets.length > 0 && (
            <section class="panel across" aria-labelledby="when">
              <h2 id="when">When</h2>
              <LeadingTimeline timeline={party.timeline} label={`Claims with ${party.name} over time`} height={110}
                to={(period) => link("/search", { [involving(party)]: party.id, ...period })} />
            </section>)}
          <Claims title="Said to have done" list={party.claims.by} total={party.claims_by} all={link("/search", { actor: party.id })} />
          <Claims title="Said to have suffered" list={party.claims.on} total={party.claims_on} all={link("/search", { target: party.id })} />
          <Claims title="By their word" list={party.claims.of} total={party.claims_of}
            all={link("/search", { source: party.id })} />
          {party.kind === "place" && <Happening party={party} />}
          <section class="panel across" aria-labelledby="ties">
            <h2 id="ties">Told of together</h2>
            <Answer of={ties}>{(value) => (
              <>
                <Network ties={value} middle={party.id} />
                <TieList ties={value} middle={party.id} />
              </>)}
            </Answer>
          </section>
        </div>
        <div class="panels">
          <Names party={party} />
          <Labels party={party} />
          <Differing party={party} />
          <Perhaps party={party} compare={(other) => start("merge", other)()} />
          {party.rulings.length > 0 && (
            <section class="panel" aria-labelledby="rulings">
              <h2 id="rulings">What was decided</h2>
              <Rulings rulings={party.rulings} changed={again} />
            </section>)}
        </div>
      </div>
      {asking?.what === "merge" && <MergeParties party={party} other={asking.other} close={() => setAsking(null)} done={done} />}
      {asking?.what === "split" && <SplitParty party={party} close={() => setAsking(null)} done={done} />}
    </>
  );
}

const SHOWN = 3; /* claims of each kind */

const involving = (party: PartyFull) => (party.kind === "place" ? "place" : "party");

function About({ party }: { party: PartyFull }) {
  const parts = [
    party.where,
    party.place && party.kind !== "place" ? `most often in ${party.place}` : null,
    party.first_year !== null ? `spoken of ${days(String(party.first_year), String(party.last_year ?? party.first_year))}` : null,
    party.genders.length ? `referred to as ${party.genders.join(" and ")}` : null,
  ].filter(Boolean);

  return (
    <p dir="auto">
      {parts.join(" · ")}
      {party.may_be.length > 0 && <> · may also be <Said>{party.may_be.join("; ")}</Said></>}
    </p>
  );
}

/* Each number leads to what it counts. */
function Figures({ party }: { party: PartyFull }) {
  const filter = involving(party);
  const events = (support: Support) => link("/events", { [filter]: party.id, support });
  const shown: [n: number, what: string, href: string][] = [
    [party.claims_by, "said to have done", link("/search", { actor: party.id })],
    [party.claims_on, "said to have suffered", link("/search", { target: party.id })],
    [party.claims_of, "by their word", link("/search", { source: party.id })],
    [party.happening, "happening here", link("/search", { place: party.id })],
    ...(["single", "several", "contested", "denied"] as const).map((one): [number, string, string] =>
      [party.support[one], `events: ${SUPPORT[one]}`, events(one)]),
  ];

  return (
    <div class="stats">
      <span><span class="figure">{number(party.documents)}</span><span class="what">{party.documents === 1 ? "document" : "documents"}</span></span>
      {shown.filter(([n]) => n > 0).map(([n, what, href]) => (
        <a key={what} href={href}><span class="figure">{number(n)}</span> <span class="what">{what}</span></a>))}
    </div>
  );
}

function Claims({ title, list, total, all }: { title: string; list: Claim[]; total: number; all: string }) {
  if (!list.length) return null;
  return (
    <section class="panel across" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <a href={all}>{total > SHOWN ? `All ${number(total)} claims` : many(total, "claim")}</a>
      </header>
      <ClaimList claims={list.slice(0, SHOWN)} />
    </section>
  );
}

function Happening({ party }: { party: PartyFull }) {
  return (
    <p class="across">
      <a class="button" href={link("/search", { place: party.id })}>What is said to have happened here</a>{" "}
      {party.latitude !== null && <a class="button" href={link("/map", { place: party.id })}>On the map</a>}
    </p>
  );
}

function Names({ party }: { party: PartyFull }) {
  return (
    <section class="panel" aria-labelledby="names">
      <h2 id="names">Names, and who uses them</h2>
      <ul class="lines cramped">
        {party.names.map(({ name, documents, users }) => (
          <li key={name}>
            <Said class="alias">{name}</Said>
            <div class="faint">{many(documents, "document")}
              {users.length > 0 && <>: {users.map((user, i) => <>{i > 0 && ", "}<Said>{user}</Said></>)}</>}</div>
          </li>))}
      </ul>
      <details>
        <summary>Where it is named</summary>
        <ul class="cramped">{party.mentions.map((one) => (
          <li key={one.id}><DocumentLink document={{ id: one.document, name: one.document_name }} />{" "}
            <span class="faint">as <Said>{one.name}</Said></span></li>))}</ul>
      </details>
    </section>
  );
}

function Labels({ party }: { party: PartyFull }) {
  if (!party.labels.length) return null;
  return (
    <section class="panel labels" aria-labelledby="labels">
      <h2 id="labels">What it is called</h2>
      <p class="faint cramped">Words of whoever uses them; not what is said to have been done.</p>
      <table>
        <thead><tr><th scope="col">Words</th><th scope="col">Whose</th><th scope="col">Where</th></tr></thead>
        <tbody>
          {party.labels.map(({ words, by, claim, count }) => (
            <tr key={`${words} ${by}`}>
              <td><Said>{words}</Said>{count > 1 && <span class="faint"> ×{count}</span>}</td>
              <td><Said>{by ?? "the document"}</Said></td>
              <td><ClaimLink id={claim} /></td>
            </tr>))}
        </tbody>
      </table>
    </section>
  );
}

function Differing({ party }: { party: PartyFull }) {
  if (!party.contested.length) return null;
  return (
    <section class="panel" aria-labelledby="differ">
      <header>
        <h2 id="differ">Where accounts differ</h2>
        <a href={link("/events", { [involving(party)]: party.id, support: "contested" })}>All {number(party.support.contested)}</a>
      </header>
      <ul class="lines">{party.contested.map((one) => <EventLine key={one.id} event={one} />)}</ul>
    </section>
  );
}

function Perhaps({ party, compare }: { party: PartyFull; compare: (other: string) => void }) {
  if (!party.perhaps.length) return null;
  return (
    <section class="panel" aria-labelledby="perhaps">
      <h2 id="perhaps">Perhaps the same</h2>
      <ul class="lines cramped">
        {party.perhaps.map(({ party: other, score, reasons }) => (
          <li key={other.id}>
            <div class="line-head">
              <PartyLink id={other.id} name={other.name} />
              <span class="faint">{Math.round(score * 100)} %</span>
              <button type="button" class="plain" onClick={() => compare(other.id)}>
                Compare<span class="unseen"> with {other.name}</span></button>
            </div>
            <Reasons reasons={reasons} />
          </li>))}
      </ul>
    </section>
  );
}
