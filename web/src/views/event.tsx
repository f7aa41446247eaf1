/* One event: who says so, who denies it, and in what the accounts differ. */
import "../parts/columns.css";
import { useState } from "preact/hooks";
import { useAsk } from "../api";
import { ActTag, Confidence, MarkTags, ModalityTag, SupportTag, VerdictTag } from "../parts/chips";
import { Rulings } from "../parts/identity";
import { ClaimLink, DocumentLink, RoleWords, Said, SourceLink } from "../parts/links";
import { MergeEvents, SplitEvent } from "../parts/merging";
import { Answer } from "../parts/states";
import { CONTEST, days, many, number } from "../parts/words";
import { go, link } from "../router";
import { mayChange } from "../shell/reviewer";
import type { Claim, EventFull } from "../types";

export default function Event({ id }: { id: string }) {
  const asked = useAsk<EventFull>(`events/${encodeURIComponent(id)}`, { fresh: true });

  return <Answer of={asked}>{(event) => <Page event={event} again={asked.again} />}</Answer>;
}

function Page({ event, again }: { event: EventFull; again: () => void }) {
  const [asking, setAsking] = useState<"merge" | "split" | null>(null);
  const start = (what: "merge" | "split") => async () => {
    if (await mayChange()) setAsking(what);
  };
  const done = (to: string) => {
    setAsking(null);
    if (to !== event.id) go(`/events/${to}`, { replace: true });
    else again();
  };
  const say = event.voices.filter((one) => !one.denies);
  const deny = event.voices.filter((one) => one.denies);

  return (
    <>
      <div class="view-head">
        <h1 dir="auto">{event.title}</h1>
        <span class="id">{event.id}</span>
        <div class="actions">
          <button type="button" onClick={start("merge")}>Is the same as …</button>
          <button type="button" onClick={start("split")} disabled={event.claims < 2}>Is several …</button>
        </div>
      </div>
      <div class="line-foot toolbar">
        <ActTag family={event.family} label={event.label} />
        <span><RoleWords role={event.actor} /> → <RoleWords role={event.target} none="nobody named" /></span>
        {event.place && <span>in <RoleWords role={event.place} /></span>}
        {event.time && <span>{days(event.time.from, event.time.to)}</span>}
        <SupportTag support={event.support} deniers={event.deniers} contests={event.contests} />
      </div>
      <div class="stats">
        <a href={link("/search", { event: event.id })}><span class="figure">{number(event.claims)}</span> <span class="what">{event.claims === 1 ? "claim" : "claims"}</span></a>
        <span><span class="figure">{number(event.documents)}</span> <span class="what">{event.documents === 1 ? "document" : "documents"}</span></span>
        <span><span class="figure">{number(event.publishers)}</span> <span class="what">{event.publishers === 1 ? "publisher" : "publishers"}</span></span>
        <span><span class="figure">{number(event.support)}</span> <span class="what">independent {event.support === 1 ? "voice" : "voices"}</span></span>
        {event.deniers > 0 && <span><span class="figure">{number(event.deniers)}</span> <span class="what">{event.deniers === 1 ? "denies it" : "deny it"}</span></span>}
      </div>
      <div class="beside">
        <section class="panel" aria-labelledby="voices">
          <h2 id="voices">Who says so</h2>
          <p class="faint cramped">Each voice stands once, with everybody who passes on its word.</p>
          {say.map((one) => <Voice key={`${one.id} ${one.root}`} voice={one} event={event} />)}
          {deny.length > 0 && <h2>Who denies it</h2>}
          {deny.map((one) => <Voice key={`${one.id} ${one.root}`} voice={one} event={event} />)}
        </section>
        <div class="panels">
          {event.differences.length > 0 && (
            <section class="panel" aria-labelledby="differ">
              <h2 id="differ">Where accounts differ</h2>
              {event.differences.map((one) => <Difference key={one.kind} difference={one} />)}
            </section>)}
          {event.figures.map((one) => <Figures key={one.of} figures={one} />)}
          {event.rulings.length > 0 && (
            <section class="panel" aria-labelledby="rulings">
              <h2 id="rulings">What was decided</h2>
              <Rulings rulings={event.rulings} />
            </section>)}
          <p><a href={link("/review", { event: event.id })}>Review its claims</a></p>
        </div>
      </div>
      {asking === "merge" && <MergeEvents event={event} close={() => setAsking(null)} done={done} />}
      {asking === "split" && <SplitEvent event={event} close={() => setAsking(null)} done={done} />}
    </>
  );
}

function Voice({ voice, event }: { voice: EventFull["voices"][number]; event: EventFull }) {
  const publishers = new Set(voice.claims.map((one) => one.publisher).filter(Boolean)).size;

  return (
    <section class={voice.denies ? "voice denies" : "voice"} aria-label={voice.name || "somebody unnamed"}>
      <h3>
        <SourceLink source={voice} />
        <span class="says">{voice.denies ? "denies it" : "says so"}, in {many(voice.documents, "document")}
          {publishers > 1 && `, passed on by ${publishers} publishers`}</span>
      </h3>
      <ul class="claims">{voice.claims.map((one) => <Telling key={one.id} claim={one} of={event} />)}</ul>
    </section>
  );
}

/* A claim among others of the event: what the page has said already is left out. */
function Telling({ claim, of }: { claim: Claim; of: EventFull }) {
  return (
    <li class="line">
      <p class="sentence" dir="auto">
        <a href={link(`/documents/${claim.document.id}`, { claim: claim.id })}>{claim.sentence}</a>
      </p>
      <div class="line-foot">
        {claim.act !== of.act && <ActTag family={claim.family} label={claim.label} />}
        <ModalityTag modality={claim.modality} negative={claim.negative} />
        {claim.publisher && <Said>{claim.publisher}</Said>}
        <DocumentLink document={claim.document} claim={claim.id} />
        {claim.verdict !== "open" && <VerdictTag verdict={claim.verdict} />}
        <MarkTags marks={claim.marks} />
        <Confidence value={claim.confidence} />
        <ClaimLink id={claim.id} />
      </div>
    </li>
  );
}

function Difference({ difference }: { difference: EventFull["differences"][number] }) {
  return (
    <div class="difference">
      <h3>{CONTEST[difference.kind] ?? difference.words}</h3>
      <dl>
        {difference.sides.map((side, i) => (
          <div key={i}>
            <dt><Said>{side.voice}</Said></dt>
            <dd><Said>{side.words}</Said></dd>
            <dd><ClaimLink id={side.claim} /></dd>
          </div>))}
      </dl>
    </div>
  );
}

/* How many, by whom: each figure a point on one line. */
function Figures({ figures }: { figures: EventFull["figures"][number] }) {
  const { best, said, of } = figures;
  const values = [...new Set(said.map((one) => one.value))].sort((a, b) => a - b);

  return (
    <section class="panel" aria-label={`How many: ${of}`}>
      <h2>How many</h2>
      <p class="faint" dir="auto">{of}</p>
      <p>{rangeWords(figures)}{best !== null && values.length > 1 &&
        <span class="faint">; most voices, then the latest: {number(best)}</span>}</p>
      {values.length > 1 && <FigureLine values={values} best={best} />}
      <div class="difference">
        <dl>
          {said.map((one) => (
            <div key={one.claim}>
              <dt><Said>{one.voice}</Said></dt>
              <dd><Said>{one.words}</Said></dd>
              <dd><ClaimLink id={one.claim} /></dd>
            </div>))}
        </dl>
      </div>
    </section>
  );
}

function rangeWords({ low, high }: EventFull["figures"][number]): string {
  if (low !== null && high !== null) return low === high ? number(low) : `${number(low)} to ${number(high)}`;
  if (low !== null) return `at least ${number(low)}`;
  return high !== null ? `at most ${number(high)}` : "";
}

function FigureLine({ values, best }: { values: number[]; best: number | null }) {
  const low = values[0]!, room = values.at(-1)! - low;
  const at = (value: number) => `${((value - low) / room) * 100}%`;

  return (
    <div class="figures-line" aria-hidden="true">
      <svg height={52}>
        <line x1="0" x2="100%" y1={18} y2={18} stroke="var(--edge)" stroke-width={2} />
        {values.map((value) => (
          <g key={value}>
            <circle cx={at(value)} cy={18} r={value === best ? 9 : 6} fill={value === best ? "var(--accent)" : "var(--surface)"}
              stroke="var(--accent)" stroke-width={2} />
            <text x={at(value)} y={44} text-anchor="middle" font-size="13" fill="var(--ink)">{number(value)}</text>
          </g>))}
      </svg>
    </div>
  );
}
