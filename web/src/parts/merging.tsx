/*
 * Two that are one, one that is two: asked before the evidence, side by side.
 * Nothing is lost by it; each ruling can be taken back.
 */
import { useState } from "preact/hooks";
import { asApiError, ask, change, useAsk } from "../api";
import { notify } from "../shell/notices";
import type {
  Claim, Comparison, EventFull, EventShort, List, PartyFull, PartyShort,
} from "../types";
import { Dialog } from "./dialog";
import { Reasons, Side } from "./identity";
import { DocumentLink, PartyLink, Said } from "./links";
import { Answer } from "./states";
import { days, many } from "./words";

/* A ruling has a reason: this one, unless the reviewer gives a better. */
export const LOOKED_AT = "compared side by side";

type Done = (id: string) => void;

/* Runs a change; says what went wrong, or nothing. */
function useSending(): [string, boolean, (send: () => Promise<void>) => Promise<void>] {
  const [refused, setRefused] = useState("");
  const [busy, setBusy] = useState(false);

  return [refused, busy, async (send) => {
    setBusy(true);
    setRefused("");
    try {
      await send();
    } catch (error) {
      setRefused(asApiError(error).message);
    }
    setBusy(false);
  }];
}

function Why({ why, put }: { why: string; put: (why: string) => void }) {
  return (
    <label class="kin">Why
      <input type="text" dir="auto" value={why} maxLength={500} placeholder={LOOKED_AT} onInput={(event) => put(event.currentTarget.value)} />
    </label>
  );
}

function Foot({ refused, busy, words, send, close, off }: {
  refused: string; busy: boolean; words: string; send: () => void; close: () => void; off?: boolean;
}) {
  return (
    <>
      {refused && <p class="refusal" role="alert">{refused}</p>}
      <div class="actions">
        <button type="button" class="main" disabled={busy || off} onClick={send}>{words}</button>
        <button type="button" onClick={close}>Not now</button>
      </div>
    </>
  );
}

/* Find the other party by name, then look at both. */
export function MergeParties({ party, other, close, done }: {
  party: PartyFull; other?: string; close: () => void; done: Done;
}) {
  const [chosen, setChosen] = useState<string | null>(other ?? null);

  return (
    <Dialog title={chosen ? "Are these one and the same?" : "Who is the same?"} close={close} wide>
      {chosen
        ? <BothParties one={party.id} other={chosen} close={close} done={done} back={() => setChosen(null)} />
        : <FindParty but={party} choose={setChosen} />}
    </Dialog>
  );
}

function FindParty({ but, choose }: { but: PartyFull; choose: (id: string) => void }) {
  const [find, setFind] = useState("");
  const query = new URLSearchParams({ kind: but.kind, find, limit: "20" });
  const asked = useAsk<List<PartyShort>>(find.trim() ? `parties?${query}` : null);

  return (
    <>
      {but.perhaps.length > 0 && (
        <>
          <h3>Perhaps</h3>
          <ul class="choices kin">
            {but.perhaps.map(({ party, score }) => (
              <li key={party.id}><button type="button" class="plain" onClick={() => choose(party.id)}>
                <Said>{party.name}</Said></button> <span class="faint">{Math.round(score * 100)} %, {many(party.documents, "document")}</span></li>))}
          </ul>
        </>)}
      <label>Find a name
        <input type="text" dir="auto" autofocus value={find} onInput={(event) => setFind(event.currentTarget.value)} />
      </label>
      {find.trim() && (
        <Answer of={asked}>{({ items }) => {
          const others = items.filter((one) => one.id !== but.id);
          return others.length ? (
            <ul class="choices">
              {others.map((one) => (
                <li key={one.id}><button type="button" class="plain" onClick={() => choose(one.id)}>
                  <Said>{one.name}</Said></button>{" "}
                  <span class="faint">{many(one.documents, "document")}
                    {one.names.length > 1 && <>, also <Said>{one.names.filter((name) => name !== one.name).slice(0, 3).join(", ")}</Said></>}
                  </span></li>))}
            </ul>) : <p class="faint">Nobody else is called so.</p>;
        }}
        </Answer>)}
    </>
  );
}

function BothParties({ one, other, close, done, back }: {
  one: string; other: string; close: () => void; done: Done; back: () => void;
}) {
  const asked = useAsk<Comparison>(`parties/${one}/compare?with=${other}`, { still: true });
  const [why, setWhy] = useState("");
  const [refused, busy, run] = useSending();
  const send = () => run(async () => {
    const merged = await change<PartyFull>("parties/merge", { one, other, why: why.trim() || LOOKED_AT });
    notify(`${merged.name}: shown as one from now on. It can be taken back under “What was decided”.`);
    done(merged.id);
  });

  return (
    <Answer of={asked}>{(both) => (
      <>
        <Compared both={both} />
        <Why why={why} put={setWhy} />
        <Foot refused={refused} busy={busy} words="They are one and the same" send={send} close={close} />
        <p><button type="button" class="plain" onClick={back}>Choose somebody else</button></p>
      </>)}
    </Answer>
  );
}

/* Everything that speaks for or against, and both of them. */
export function Compared({ both }: { both: Comparison }) {
  const { parties, documents } = both.shared;

  return (
    <>
      <div class="sides">
        <Side of={both.one} />
        <Side of={both.other} />
      </div>
      <div class="sides kin">
        <section aria-label="What speaks for and against">
          <h3>What speaks for it and against</h3>
          <p><span class="score">{Math.round(both.score * 100)} %</span> <span class="faint">is the program’s own view</span></p>
          <Reasons reasons={both.reasons} />
        </section>
        <section aria-label="What they share">
          <h3>What they share</h3>
          <h4>In claims with the same</h4>
          {parties.length
            ? <p class="cramped">{parties.map(({ id, name }, i) => <>{i > 0 && ", "}<PartyLink id={id} name={name} /></>)}</p>
            : <p class="faint cramped">Nobody.</p>}
          <h4>Named in the same documents</h4>
          {documents.length
            ? <ul class="cramped">{documents.map((one) => <li key={one.id}><DocumentLink document={one} /></li>)}</ul>
            : <p class="faint cramped">None.</p>}
        </section>
      </div>
    </>
  );
}

/* Choose which mentions are somebody else. */
export function SplitParty({ party, close, done }: { party: PartyFull; close: () => void; done: Done }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [why, setWhy] = useState("");
  const [refused, busy, run] = useSending();
  const put = (ids: string[], on: boolean) => {
    const next = new Set(chosen);
    ids.forEach((id) => (on ? next.add(id) : next.delete(id)));
    setChosen(next);
  };
  const send = () => run(async () => {
    const { one, other } = await change<{ one: PartyFull; other: PartyFull }>("parties/split",
      { party: party.id, mentions: [...chosen], why: why.trim() || LOOKED_AT });
    notify(`${other.name} is somebody else than ${one.name} from now on.`);
    done(one.id);
  });

  return (
    <Dialog title="Who here is somebody else?" close={close} wide>
      <p>Choose the mentions that mean another {party.kind}. They are shown apart from now on.</p>
      <div class="sides">
        <section aria-label="By name">
          <h3>By name</h3>
          {party.names.map(({ name, mentions, users }) => (
            <label key={name} class="check">
              <input type="checkbox" checked={mentions.every((id) => chosen.has(id))}
                onChange={(event) => put(mentions, event.currentTarget.checked)} />
              <span><Said>{name}</Said> <span class="faint">{many(mentions.length, "mention")}
                {users.length > 0 && <>: <Said>{users.slice(0, 3).join(", ")}</Said></>}</span></span>
            </label>))}
        </section>
        <section aria-label="By document">
          <h3>By document</h3>
          <div class="evidence" tabIndex={0} role="region" aria-label="Mentions">
            {party.mentions.map((one) => (
              <label key={one.id} class="check">
                <input type="checkbox" checked={chosen.has(one.id)}
                  onChange={(event) => put([one.id], event.currentTarget.checked)} />
                <span><Said>{one.name}</Said> <span class="faint">in <Said>{one.document_name}</Said></span></span>
              </label>))}
          </div>
        </section>
      </div>
      <Why why={why} put={setWhy} />
      <Foot refused={refused} busy={busy} off={chosen.size === 0 || chosen.size >= allMentions(party)}
        words={chosen.size ? `These ${chosen.size} are somebody else` : "Choose mentions first"} send={send} close={close} />
    </Dialog>
  );
}

const allMentions = (party: PartyFull): number =>
  party.names.reduce((sum, one) => sum + one.mentions.length, 0);

/* Find another event of the like, then look at both. */
export function MergeEvents({ event, close, done }: { event: EventFull; close: () => void; done: Done }) {
  const [other, setOther] = useState<EventFull | null>(null);
  const [why, setWhy] = useState("");
  const [refused, busy, run] = useSending();
  const choose = (id: string) => run(async () => setOther(await ask<EventFull>(`events/${id}`)));
  const send = () => run(async () => {
    const merged = await change<EventFull>("events/merge", { one: event.id, other: other!.id, why: why.trim() || LOOKED_AT });
    notify("Shown as one event from now on. “Is several …” parts them again.");
    done(merged.id);
  });

  return (
    <Dialog title={other ? "Is this one event?" : "Which event is the same?"} close={close} wide>
      {!other && <FindEvent but={event} choose={(id) => void choose(id)} />}
      {other && (
        <>
          <div class="sides">
            {[event, other].map((one) => (
              <section key={one.id} aria-label={one.title}>
                <h3><Said>{one.title}</Said></h3>
                <div class="evidence" tabIndex={0} role="region" aria-label={`What is said in ${one.id}`}>
                  <ClaimsOf event={one} />
                </div>
              </section>))}
          </div>
          <Why why={why} put={setWhy} />
        </>)}
      {other
        ? <Foot refused={refused} busy={busy} words="It is one event" send={send} close={close} />
        : refused && <p class="refusal" role="alert">{refused}</p>}
    </Dialog>
  );
}

function FindEvent({ but, choose }: { but: EventFull; choose: (id: string) => void }) {
  const [find, setFind] = useState("");
  const query = new URLSearchParams({ act: but.family, limit: "30" });
  if (find.trim()) query.set("text", find.trim());
  else if (but.target?.party) query.set("target", but.target.party);
  const asked = useAsk<List<EventShort>>(`events?${query}`);

  return (
    <>
      <label>Words of its sentences
        <input type="text" dir="auto" autofocus value={find} onInput={(event) => setFind(event.currentTarget.value)} />
      </label>
      <Answer of={asked}>{({ items }) => {
        const others = items.filter((one) => one.id !== but.id);
        return others.length ? (
          <ul class="choices kin">
            {others.map((one) => (
              <li key={one.id}>
                <button type="button" class="plain" onClick={() => choose(one.id)}><Said>{one.title}</Said></button>{" "}
                <span class="faint">
                  {one.time && `${days(one.time.from, one.time.to)}, `}{one.place && <><Said>{one.place.name ?? one.place.text}</Said>, </>}
                  {many(one.claims, "claim")} <span class="id">{one.id}</span>
                </span>
              </li>))}
          </ul>) : <p class="faint">No other event of this kind has these words.</p>;
      }}
      </Answer>
    </>
  );
}

function ClaimsOf({ event }: { event: EventFull }) {
  return (
    <ul class="claims cramped">
      {event.voices.flatMap(({ name, denies, claims }) => claims.map((claim) => (
        <li key={claim.id}>
          <Said>{name}</Said> <span class="faint">{denies ? "denies it" : "says so"}, <Said>{claim.document.name}</Said></span>
          <p class="sentence" dir="auto">{claim.sentence}</p>
        </li>)))}
    </ul>
  );
}

/* Choose which claims tell of something else. */
export function SplitEvent({ event, close, done }: { event: EventFull; close: () => void; done: Done }) {
  const claims: Claim[] = event.voices.flatMap((one) => one.claims);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [why, setWhy] = useState("");
  const [refused, busy, run] = useSending();
  const put = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const send = () => run(async () => {
    const { one } = await change<{ one: EventFull; other: EventFull }>("events/split",
      { event: event.id, claims: [...chosen], why: why.trim() || LOOKED_AT });
    notify("Shown as two events from now on. “Is the same as …” joins them again.");
    done(one.id);
  });

  return (
    <Dialog title="Which claims tell of something else?" close={close} wide>
      <ul class="claims">
        {claims.map((claim) => (
          <li key={claim.id}>
            <label class="check">
              <input type="checkbox" checked={chosen.has(claim.id)} onChange={(change) => put(claim.id, change.currentTarget.checked)} />
              <span><Said>{claim.source?.name}</Said> <span class="faint">in <Said>{claim.document.name}</Said></span></span>
            </label>
            <p class="sentence" dir="auto">{claim.sentence}</p>
          </li>))}
      </ul>
      <Why why={why} put={setWhy} />
      <Foot refused={refused} busy={busy} off={!chosen.size || chosen.size === claims.length}
        words={chosen.size ? `${many(chosen.size, "claim")} of another event` : "Choose claims first"} send={send} close={close} />
    </Dialog>
  );
}
