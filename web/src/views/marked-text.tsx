/*
 * The text of a document with marks.  It is cut into stretches; only those near
 * the eye are in the page, so that a book reads as fluidly as a letter.
 */
import { Fragment } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { pointsOf, paragraphs, segments, stretches, type Mark } from "../parts/text";
import { familyClass, milestoneWords } from "../parts/words";
import type { ClaimMarks, DocumentFull, Milestone, Span, Spans } from "../types";

type What = "trigger" | "role" | "source" | "cue" | "whole";
interface Said { claim: ClaimMarks; what: What; role?: string }

const STRETCH = 4000; /* UTF-16 units */
const WHOLE = 300; /* up to so many stretches all are there, for the browser's search and print */

interface Stretch { span: Span; marks: Mark<Said>[]; milestones: Milestone[] } /* at: UTF-16 units */

function marksOf(claim: ClaimMarks, unit: (point: number) => number): Mark<Said>[] {
  const all = (spans: Spans | null | undefined, what: What, role?: string) =>
    (spans ?? []).map(([from, to]) => ({ from: unit(from), to: unit(to), of: { claim, what, role } }));

  return [
    { from: unit(claim.from), to: unit(claim.to), of: { claim, what: "whole" } },
    ...all(claim.source, "source"),
    ...all(claim.cue, "cue"),
    ...Object.entries(claim.roles).flatMap(([role, spans]) => all(spans, "role", role)),
    ...all(claim.trigger, "trigger"),
  ];
}

/* Each stretch with the marks that reach into it. */
function marked(
  spans: Span[], unit: (point: number) => number, claims: ClaimMarks[], milestones: Milestone[],
): Stretch[] {
  const found: Stretch[] = spans.map((span) => ({ span, marks: [], milestones: [] }));

  for (const one of milestones) {
    const at = unit(one.at);
    found[stretchAt(found, at)]?.milestones.push({ ...one, at });
  }

  for (const mark of claims.flatMap((claim) => marksOf(claim, unit)))
    for (let i = stretchAt(found, mark.from); found[i] && found[i]!.span[0] < mark.to; i++)
      found[i]!.marks.push(mark);
  return found;
}

/* The stretch that a unit stands in. */
function stretchAt(all: Stretch[], unit: number): number {
  let low = 0, high = all.length - 1;

  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (all[middle]!.span[0] <= unit) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function MarkedText({ document, claims, chosen, choose }: {
  document: DocumentFull; claims: ClaimMarks[]; chosen: string | null; choose: (id: string) => void;
}) {
  const { text } = document;
  const { unit } = useMemo(() => pointsOf(text), [text]);
  const spans = useMemo(() => stretches(text, STRETCH), [text]);
  const all = useMemo(() => marked(spans, unit, claims, document.milestones), [spans, claims, document.milestones]);
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(choose);
  latest.current = choose;

  useEffect(() => {
    if (chosen) bringIntoView(box.current, chosen);
  }, [chosen, document]);

  const pressed = (event: MouseEvent) => {
    const mark = (event.target as Element).closest<HTMLElement>("[data-claims]");
    if (!mark || window.getSelection()?.isCollapsed === false) return;
    const ids = mark.dataset.claims!.split(" ");
    event.preventDefault();
    latest.current(ids[(ids.indexOf(chosen ?? "") + 1) % ids.length]!);
  };
  return (
    <div ref={box} class="marked-text" lang={document.language ?? undefined} onClick={pressed}>
      {all.map((one, i) => (
        <Near key={i} text={text} stretch={one} whole={all.length <= WHOLE}
          chosen={one.marks.some((mark) => mark.of.claim.id === chosen) ? chosen : null} />))}
    </div>
  );
}

/* The stretch may only now be drawn, and others above it change their height. */
function bringIntoView(box: Element | null, claim: string): void {
  const show = (left: number) => {
    const mark = box?.querySelector(`[data-trigger="${CSS.escape(claim)}"]`)
      ?? box?.querySelector(`[data-claims~="${CSS.escape(claim)}"]`);
    const place = mark?.getBoundingClientRect();
    if (place && (place.top < 120 || place.bottom > window.innerHeight * 0.45))
      mark!.scrollIntoView({ block: window.innerWidth < 992 ? "start" : "center" });
    if (left > 0) requestAnimationFrame(() => show(left - 1));
  };
  requestAnimationFrame(() => show(2));
}

/* One watcher for all stretches of the page. */
const nearing = new Map<Element, (near: boolean) => void>();
const watcher = new IntersectionObserver(
  (entries) => { for (const one of entries) nearing.get(one.target)?.(one.isIntersecting); },
  { rootMargin: "1500px 0px" });

function Near({ text, stretch, whole, chosen }: {
  text: string; stretch: Stretch; whole: boolean; chosen: string | null;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(whole);
  const height = useRef(0);

  useEffect(() => {
    const element = box.current;
    if (whole || !element) return undefined;
    nearing.set(element, (now) => {
      if (!now) height.current = element.offsetHeight;
      setNear(now);
    });
    watcher.observe(element);
    return () => {
      watcher.unobserve(element);
      nearing.delete(element);
    };
  }, [whole]);

  const drawn = near || chosen !== null;
  const content = useMemo(() => drawn && draw(text, stretch, chosen), [text, stretch, chosen, drawn]);
  const guess = `${Math.ceil((stretch.span[1] - stretch.span[0]) / 70) * 1.75}rem`;
  return (
    <div ref={box} class="stretch" style={drawn ? { containIntrinsicSize: `auto ${guess}` }
      : { height: height.current ? `${height.current}px` : guess }}>
      {content}
    </div>
  );
}

/* What begins between two paragraphs stands at the second. */
function draw(text: string, { span, marks, milestones }: Stretch, chosen: string | null) {
  let passed = span[0];

  return paragraphs(text, span).map(({ from, to, flows }) => {
    const own = milestones.filter((one) => one.at >= passed && one.at < to)
      .map((one) => ({ ...one, at: Math.max(one.at, from) }));
    passed = to;
    return (
      <p key={from} dir="auto" class={flows ? undefined : "as-written"}>
        {cutAt(from, to, own).map(([start, end]) => (
          <Fragment key={start}>
            {own.filter((one) => one.at === start).map((one) => <Begin key={one.unit + one.n} of={one} />)}
            {segments(start, end, marks.filter((one) => one.from < end && one.to > start)).map((one) =>
              <Piece key={one.from} words={text.slice(one.from, one.to)} said={one.marks} chosen={chosen} />)}
          </Fragment>))}
      </p>);
  });
}

function cutAt(from: number, to: number, milestones: Milestone[]): Span[] {
  const starts = [...new Set([from, ...milestones.map((one) => one.at)])];
  return starts.map((start, i) => [start, starts[i + 1] ?? to]);
}

/* Written by the style sheet: it is none of the document's words. */
function Begin({ of }: { of: Milestone }) {
  const words = milestoneWords([of]);
  return <span class="milestone" role="doc-pagebreak" aria-label={words} data-words={words} />;
}

/* A stretch of words with the same marks: the act comes before who has a part in it. */
function Piece({ words, said, chosen }: { words: string; said: Said[]; chosen: string | null }) {
  const trigger = said.filter((one) => one.what === "trigger");
  const part = said.filter((one) => one.what !== "whole" && one.what !== "trigger");
  const first = trigger.find((one) => one.claim.id === chosen) ?? trigger[0]
    ?? part.find((one) => one.claim.id === chosen) ?? part[0];
  const inChosen = said.some((one) => one.what === "whole" && one.claim.id === chosen);

  if (!first) return inChosen ? <span class="lit">{words}</span> : <>{words}</>;
  const { claim } = first;
  const ids = [...new Set([...trigger, ...part].map((one) => one.claim.id))].join(" ");
  const names = [
    "mark", familyClass(claim.family), claim.verdict,
    ...new Set(said.map((one) => one.what)),
    claim.id === chosen ? `chosen ${first.role ?? ""}` : "", inChosen ? "lit" : "",
  ].join(" ");
  if (trigger.length === 0) return <span class={names} data-claims={ids}>{words}</span>;
  return (
    <a class={names} data-claims={ids} data-trigger={claim.id} href={`?claim=${claim.id}`}
      aria-current={claim.id === chosen ? "true" : undefined} title={claim.label}>{words}</a>
  );
}
