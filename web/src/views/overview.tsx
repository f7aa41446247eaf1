/* What is in the case, what stands on weak ground, what waits.  All of it leads on. */
import { useAsk, useSession } from "../api";
import { ClaimLine } from "../parts/claim";
import { ActTag } from "../parts/chips";
import { EventLine } from "../parts/event";
import { LazyMap } from "../parts/lazy-map";
import { Said, sourceAddress } from "../parts/links";
import { Answer, Empty } from "../parts/states";
import { TimelineChart, type Period } from "../parts/timeline-chart";
import { days, familyClass, familyName, many, number } from "../parts/words";
import { go, link } from "../router";
import type { EventShort, Overview, PartyShort } from "../types";

export default function OverviewView() {
  const asked = useAsk<Overview>("overview");
  const name = useSession()?.case.name;

  return (
    <Answer of={asked}>
      {(value) => value.case.documents === 0 ? <Nothing /> : (
        <>
          <div class="view-head overview-head">
            <h1><Said>{name ?? "The case"}</Said></h1>
            <p>
              What {many(value.case.documents, "document")} say
              {value.case.first_date && <> of {days(value.case.first_date, value.case.last_date)}</>}:
              what is said, not what is so.
            </p>
          </div>
          <Figures value={value} />
          <Panels value={value} />
        </>)}
    </Answer>
  );
}

function Nothing() {
  return (
    <Empty>
      <h1>This case is empty</h1>
      <p>Bring it documents: reports, letters, testimony, as text, HTML or JSON Lines.</p>
      <p><a class="button" href="/documents">Add documents</a></p>
    </Empty>
  );
}

function Figures({ value: { case: all } }: { value: Overview }) {
  const shown: [number, string, string, string?][] = [
    [all.documents, "document", "/documents", [
      all.copies > 0 && `${number(all.copies)} of them copies`,
      all.unread > 0 && `${number(all.unread)} in languages that are not read`].filter(Boolean).join(", ")],
    [all.claims, "claim", "/search"],
    [all.events, "event", "/events"],
    [all.people, "person", "/people?kind=person"],
    [all.groups, "group", "/people?kind=group"],
    [all.places, "place", "/people?kind=place"],
  ];
  return (
    <ul class="figures">
      {shown.map(([count, word, href, more]) => (
        <li key={word}>
          <a href={href}>
            <strong>{number(count)}</strong>{" "}
            <span>{word === "person" && count !== 1 ? "people" : count === 1 ? word : `${word}s`}</span>
            {more && <small>{more}</small>}
          </a>
        </li>))}
    </ul>
  );
}

function Panels({ value }: { value: Overview }) {
  const choose = ({ since, until }: Period) => go(link("/timeline", { since, until }));

  return (
    <div class="panels">
      <Waiting value={value} />
      <EventPanel title="Accounts differ" more={link("/events", { support: "contested" })}
        none="On no event do independent voices contradict each other." of={value.contested} />
      <EventPanel title="Rests on one voice" more={link("/events", { support: "single" })}
        none="No event rests on one voice alone." of={value.single} />
      <section class="panel across">
        <header><h2>When it is said to have happened</h2><a href="/timeline">Timeline</a></header>
        <TimelineChart timeline={value.claims_over_time} label="Claims over time" height={120} choose={choose} />
        <h3 class="second-title">When the documents are from</h3>
        <TimelineChart timeline={value.documents_over_time} label="Documents over time" height={72} />
      </section>
      <Acts value={value} />
      <section class="panel">
        <header><h2>Where</h2><a href="/map">Map</a></header>
        {value.map.items.length > 0 && <LazyMap places={value.map.items} height={400} />}
        {value.map.unplaced > 0 && (
          <p class="faint more">{many(value.map.unplaced, "claim names", "claims name")} no place that is known.</p>)}
      </section>
      <People title="People" kind="person" people={value.people} />
      <People title="Groups" kind="group" people={value.groups} />
      <People title="Places" kind="place" people={value.places} />
      <section class="panel">
        <header><h2>Who says so</h2><a href="/sources">All sources</a></header>
        <Bars items={value.sources.map((one) => ({
          href: sourceAddress(one.id), words: one.name || "somebody unnamed", count: one.claims }))} unit="claim" />
      </section>
    </div>
  );
}

function Waiting({ value: { review } }: { value: Overview }) {
  const all = review.open + review.confirmed + review.rejected;
  const parts: [string, number, string, string][] = [
    ["confirmed", review.confirmed, "accepted", "/search?verdict=confirmed"],
    ["rejected", review.rejected, "rejected", "/search?verdict=rejected"],
    ["open", review.open, "waiting", "/search?verdict=open"],
  ];
  return (
    <section class="panel waiting">
      <header>
        <h2>Review</h2>
        {review.open > 0 && <a class="button main" href="/review">Review the next claim</a>}
      </header>
      <div class="stack" aria-hidden="true">
        {parts.map(([name, count]) => count > 0 &&
          <span key={name} class={name} style={{ flexGrow: String(count / all) }} />)}
      </div>
      <ul class="stack-words">
        {parts.map(([name, count, words, href]) => (
          <li key={name} class={name}><a href={href}>{number(count)} {words}</a></li>))}
        {review.bulk > 0 && <li><a href="/search?mark=bulk">{number(review.bulk)} decided in bulk</a></li>}
        {review.second > 0 && (
          <li><a href="/review?mark=second">{many(review.second, "asks", "ask")} for a second reader</a></li>)}
        {review.proposals > 0 && (
          <li><a href="/proposals">{many(review.proposals, "pair is", "pairs are")} perhaps the same</a></li>)}
        <li><a href="/agreement">how far readers agree</a></li>
      </ul>
      {review.least_certain.length > 0 && (
        <>
          <h3 class="second-title">Least certain</h3>
          <ul class="claims brief">
            {review.least_certain.slice(0, 2).map((one) => <ClaimLine key={one.id} claim={one} />)}
          </ul>
        </>)}
    </section>
  );
}

function EventPanel({ title, of, more, none }: {
  title: string; of: { count: number; items: EventShort[] }; more: string; none: string;
}) {
  return (
    <section class="panel">
      <header>
        <h2>{title}</h2>
        {of.count > 0 && <a href={more}>{many(of.count, "event")}</a>}
      </header>
      {of.items.length === 0
        ? <p class="faint">{none}</p>
        : <ul class="lines">{of.items.map((one) => <EventLine key={one.id} event={one} />)}</ul>}
    </section>
  );
}

function Acts({ value }: { value: Overview }) {
  const most = Math.max(1, ...value.acts.map((one) => one.count));

  return (
    <section class="panel">
      <header><h2>What is said to be done</h2><a href="/search">All claims</a></header>
      <ul class="acts">
        {[...value.acts].sort((a, b) => b.count - a.count).map((one) => (
          <li key={one.family} class={familyClass(one.family)}>
            <a class="act-bar" href={link("/search", { act: one.family })}>
              <ActTag family={one.family} label={familyName(one.family)} />
              <span class="bar" aria-hidden="true"><span style={{ width: `${100 * one.count / most}%` }} /></span>
              <span class="count">{number(one.count)}</span>
            </a>
            <span class="act-parts">
              {one.acts.slice(0, 6).map((act) => (
                <a key={act.act} href={link("/search", { act: act.act })}>{act.label} {number(act.count)}</a>))}
            </span>
          </li>))}
      </ul>
    </section>
  );
}

function People({ title, kind, people }: {
  title: string; kind: PartyShort["kind"]; people: PartyShort[];
}) {
  return (
    <section class="panel">
      <header><h2>{title}</h2><a href={link("/people", { kind })}>All {title.toLowerCase()}</a></header>
      {people.length === 0
        ? <p class="faint">None is named.</p>
        : <Bars unit="document" items={people.map((one) => ({
            href: `/people/${one.id}`, words: one.name, count: one.documents }))} />}
    </section>
  );
}

function Bars({ items, unit }: {
  items: { href: string; words: string; count: number }[]; unit: string;
}) {
  const most = Math.max(1, ...items.map((one) => one.count));

  return (
    <ul class="bars">
      {items.map((one) => (
        <li key={one.href}>
          <a href={one.href} title={one.words}>
            <Said>{one.words}</Said>
            <span class="bar" aria-hidden="true"><span style={{ width: `${100 * one.count / most}%` }} /></span>
            <span class="count" title={many(one.count, unit)}>{number(one.count)}</span>
          </a>
        </li>))}
    </ul>
  );
}
