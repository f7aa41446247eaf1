/* A document to read, with its claims marked and one of them beside it. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useAsk, useSession } from "../api";
import { ClaimActions, decisionWords } from "../parts/claim-actions";
import { ClaimCard } from "../parts/claim";
import { Describing } from "../parts/describing";
import { Answer } from "../parts/states";
import { day, familyClass, familyName, many, moment, unreadLanguage } from "../parts/words";
import { changed, go, link, useAddress } from "../router";
import { useKeys } from "../shell/keys";
import { speak } from "../shell/notices";
import { mayChange } from "../shell/reviewer";
import { useTitle } from "../shell/title";
import type { ClaimFull, ClaimMarks, Description, DocumentFull, Verdict } from "../types";
import { MarkedText } from "./marked-text";

export default function Reading({ id }: { id: string }) {
  const asked = useAsk<DocumentFull>(`documents/${encodeURIComponent(id)}`, { still: true });

  return (
    <Answer of={asked}>
      {(document) => <Open document={document} again={asked.again} put={asked.put} />}
    </Answer>
  );
}

/* In the order in which their acts stand in the text. */
function inOrder(claims: ClaimMarks[]): ClaimMarks[] {
  const start = (claim: ClaimMarks) => claim.trigger[0]?.[0] ?? claim.from;
  return [...claims].sort((a, b) => start(a) - start(b));
}

function Open({ document, again, put }: {
  document: DocumentFull; again: () => void; put: (now: DocumentFull) => void;
}) {
  useTitle(document.title || document.name);
  const at = useAddress();
  const chosen = at.query.get("claim");
  const hide = at.query.getAll("hide").join(" ");
  const hidden = useMemo(() => new Set(hide.split(" ")), [hide]);
  const [verdicts, setVerdicts] = useState<Record<string, Verdict>>({});
  const claims = useMemo(() => inOrder(document.claims).map(
    (one) => ({ ...one, verdict: verdicts[one.id] ?? one.verdict })), [document, verdicts]);
  const shown = useMemo(() => claims.filter((one) => !hidden.has(one.family)), [claims, hidden]);

  const choose = (id: string | null) =>
    go(changed(at, { claim: id }), { replace: chosen !== null, keepScroll: true });
  const step = (by: 1 | -1) => {
    const now = shown.findIndex((one) => one.id === chosen);
    const next = shown[now < 0 ? (by > 0 ? 0 : shown.length - 1) : now + by];
    if (next) choose(next.id);
    else speak(by > 0 ? "This is the last claim" : "This is the first claim");
  };
  useKeys("Reading", [
    { keys: "j n", words: "the next claim", act: () => step(1) },
    { keys: "k p", words: "the claim before", act: () => step(-1) },
    { keys: "Escape", words: "close the claim", act: () => choose(null) },
  ]);

  return (
    <div class="reading">
      <Head document={document} claims={claims} put={put} />
      <div class="beside">
        <div class="page-of-text">
          <Legend claims={claims} hidden={hidden} />
          <MarkedText document={document} claims={shown} chosen={chosen} choose={choose} />
        </div>
        <aside class={chosen ? "panel claim-beside" : "panel claim-beside none"} aria-label="The claim">
          {chosen
            ? <Chosen id={chosen} of={shown.length} place={shown.findIndex((one) => one.id === chosen)}
                step={step} close={() => choose(null)} choose={choose} replaced={again}
                decided={(claim, verdict) => setVerdicts((old) => ({ ...old, [claim]: verdict }))} />
            : <Invitation count={shown.length} start={() => step(1)} />}
        </aside>
      </div>
    </div>
  );
}

function Head({ document, claims, put }: {
  document: DocumentFull; claims: ClaimMarks[]; put: (now: DocumentFull) => void;
}) {
  const readOnly = useSession()?.read_only ?? true;
  const [describing, setDescribing] = useState(false);
  const open = claims.filter((one) => one.verdict === "open").length;

  return (
    <div class="view-head document-head">
      <h1><bdi>{document.title || document.name}</bdi></h1>
      <div class="actions">
        {open > 0 && (
          <a class="button" href={link("/review", { document: document.id })}>Review {many(open, "claim")}</a>)}
        {!readOnly && <button type="button"
          onClick={async () => { if (await mayChange()) setDescribing(true); }}>Describe …</button>}
        <button type="button" onClick={() => window.print()}>Print</button>
      </div>
      {describing && <Describing document={document} close={() => setDescribing(false)} done={put} />}
      <p>
        {document.publisher && <><bdi>{document.publisher}</bdi><From words={document.publisher_from} /> · </>}
        {document.date && <>{day(document.date)}<From words={document.date_from} /> · </>}
        <a href={link("/search", { document: document.id })}>{many(claims.length, "claim")}</a>
        {document.copy_of && <> · copies <a href={`/documents/${document.copy_of}`}>{document.copy_of}</a></>}
      </p>
      {unreadLanguage(document.language) && (
        <p>It is in {unreadLanguage(document.language)}, which attest does not read: it is kept and searchable, without claims.</p>)}
      <details>
        <summary>About this document</summary>
        <dl class="rows">
          <div class="row"><dt>file</dt><dd><bdi>{document.name}</bdi></dd></div>
          {document.url && <div class="row"><dt>address</dt><dd><bdi>{document.url}</bdi></dd></div>}
          <div class="row"><dt>SHA-256</dt><dd><code>{document.sha256}</code></dd></div>
          {document.container && (
            <div class="row"><dt>found in</dt><dd>a file with SHA-256 <code>{document.container}</code></dd></div>)}
          <div class="row"><dt>kind</dt><dd>{document.media_type}</dd></div>
          {document.language && <div class="row"><dt>language</dt><dd>{document.language}</dd></div>}
          <div class="row"><dt>read</dt><dd>{moment(document.read_at)}</dd></div>
          {document.versions.length > 1 && (
            <div class="row"><dt>versions</dt><dd class="chips">{document.versions.map((one) => (
              <a key={one.id} href={`/documents/${one.id}`}
                aria-current={one.id === document.id ? "page" : undefined}>
                {one.version}, read {moment(one.read_at)}</a>))}</dd></div>)}
          {document.descriptions.map((one, i) => (
            <div key={`d${i}`} class="row"><dt>described</dt><dd><Described one={one} /></dd></div>))}
          {document.notes.map((one, i) => <div key={i} class="row"><dt>note</dt><dd><bdi>{one}</bdi></dd></div>)}
        </dl>
      </details>
    </div>
  );
}

/* Where in the document it says so, or who does. */
function From({ words }: { words: string | null }) {
  if (!words) return null;
  return <small> (<bdi>{words.startsWith("described by ") ? words : `from ${words}`}</bdi>)</small>;
}

function Described({ one }: { one: Description }) {
  return (
    <>
      {one.field}: {one.value === null ? "not known" : <bdi>{one.value}</bdi>}, says <bdi>{one.who}</bdi>
      {one.why && <>, “<bdi>{one.why}</bdi>”</>} <span class="faint">{moment(one.at)}</span>
    </>
  );
}

/* What the marks mean here; a family can be hidden. */
function Legend({ claims, hidden }: { claims: ClaimMarks[]; hidden: Set<string> }) {
  const at = useAddress();
  const counts = new Map<string, number>();

  for (const { family } of claims) counts.set(family, (counts.get(family) ?? 0) + 1);
  return (
    <div class="legend screen-only" role="group" aria-label="What is marked; press to hide or show">
      {[...counts].sort((a, b) => b[1] - a[1]).map(([family, count]) => {
        const off = hidden.has(family);
        const next = off ? [...hidden].filter((one) => one !== family) : [...hidden, family].filter(Boolean);
        return (
          <button key={family} type="button" aria-pressed={!off} class={`plain ${familyClass(family)}`}
            onClick={() => go(changed(at, { hide: next }), { replace: true, keepScroll: true })}>
            <span class="sample">{familyName(family)}</span> <span class="faint">{count}</span>
          </button>);
      })}
      <span class="source-sample">says who</span>
    </div>
  );
}

function Invitation({ count, start }: { count: number; start: () => void }) {
  if (count === 0) return <p class="faint">No claim is marked in this document.</p>;
  return (
    <>
      <p>{many(count, "claim")} {count === 1 ? "is" : "are"} marked. Press a mark to see who says what of whom.</p>
      <button type="button" onClick={start}>First claim <kbd aria-hidden="true">j</kbd></button>
    </>
  );
}

function Chosen({ id, place, of, step, close, choose, decided, replaced }: {
  id: string; place: number; of: number; step: (by: 1 | -1) => void; close: () => void;
  choose: (id: string) => void; decided: (claim: string, verdict: Verdict) => void; replaced: () => void;
}) {
  const asked = useAsk<ClaimFull>(`claims/${encodeURIComponent(id)}`);
  const [correcting, setCorrecting] = useState(false);
  const latest = useRef(id);
  latest.current = id;

  useEffect(() => setCorrecting(false), [id]);
  useEffect(() => {
    if (asked.value?.id === id) speak(`${asked.value.label}, claim ${place + 1} of ${of}`);
  }, [asked.value?.id]);

  const changed = (now: ClaimFull, before: ClaimFull) => {
    decided(before.id, before.id === now.id ? now.verdict : "rejected");
    if (now.id !== before.id) {
      replaced();
      if (latest.current === before.id) choose(now.id);
    } else if (latest.current === now.id) asked.put(now);
  };
  const undone = (claim: ClaimFull) => {
    decided(claim.id, claim.verdict);
    if (claim.id === latest.current) asked.put(claim);
    else choose(claim.id);
  };
  return (
    <>
      <div class="claim-nav screen-only">
        <button type="button" disabled={place === 0} onClick={() => step(-1)}>
          <span class="unseen">The claim before</span><span aria-hidden="true">↑ <kbd>k</kbd></span></button>
        <button type="button" disabled={place === of - 1} onClick={() => step(1)}>
          <span class="unseen">The next claim</span><span aria-hidden="true">↓ <kbd>j</kbd></span></button>
        <span class="faint">{place >= 0 && `${place + 1} of ${of}`}</span>
        <button type="button" class="plain" aria-label="Close the claim" onClick={close}>×</button>
      </div>
      <Answer of={asked}>
        {(claim) => {
          const actions = (
            <ClaimActions claim={claim} correcting={correcting} setCorrecting={setCorrecting}
              changed={changed} undone={undone} skip={() => step(1)}
              decided={(verdict) => { decided(claim.id, verdict); speak(decisionWords(verdict)); }} />);
          return correcting ? actions : <ClaimCard claim={claim}>{actions}</ClaimCard>;
        }}
      </Answer>
    </>
  );
}
