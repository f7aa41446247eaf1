/* The sentence of a claim among its neighbours, with what the claim rests on. */
import { useMemo } from "preact/hooks";
import type { ClaimFull, Span, Spans } from "../types";
import { familyClass } from "./words";
import { pointsOf, segments, type Mark } from "./text";

/* What a stretch of the text is to the claim. */
export type Part = "trigger" | "actor" | "target" | "place" | "origin" | "destination"
  | "time" | "count" | "source" | "cue" | "label" | "sentence";

/*
 * What is written over a part.  By the style sheet: as text it would decide in
 * which direction the passage runs.
 */
const PART: Partial<Record<Part, string>> = {
  trigger: "act", actor: "who", target: "to whom", place: "where", origin: "from where",
  destination: "to where", time: "when", count: "how many", source: "says who",
  label: "called",
};

/* Where each part stands, in UTF-16 units of the passage. */
export function partsOf(claim: ClaimFull): Mark<Part>[] {
  const { unit } = pointsOf(claim.passage.text);
  const at = ([from, to]: Span, of: Part): Mark<Part> => ({
    from: unit(from - claim.passage.from), to: unit(to - claim.passage.from), of });
  const all = (spans: Spans | undefined | null, of: Part) => (spans ?? []).map((span) => at(span, of));

  return [
    at(claim.sentence_span, "sentence"),
    ...claim.chain.flatMap((one) => [...all(one.spans, "source"), ...all(one.cue_spans, "cue")]),
    ...claim.labels.flatMap((one) => all(one.spans, "label")),
    ...all(claim.time?.spans, "time"),
    ...all(claim.count?.spans, "count"),
    ...Object.entries(claim.roles).flatMap(([name, role]) => all(role?.spans, name as Part)),
    ...all(claim.trigger.spans, "trigger"),
  ];
}

export function Passage({ claim }: { claim: ClaimFull }) {
  const marks = useMemo(() => partsOf(claim), [claim]);
  const { text } = claim.passage;
  const named = new Set<Part>();

  return (
    <blockquote class={`passage ${familyClass(claim.family)}`} dir="auto">
      {segments(0, text.length, marks).map((one) => {
        const parts = one.marks.filter((part) => part !== "sentence");
        const words = text.slice(one.from, one.to).replace(/\n\s*\n/g, "\n");
        const lit = one.marks.includes("sentence") ? "lit" : "dim";
        const part = parts[parts.length - 1];
        if (!part) return <span key={one.from} class={lit}>{words}</span>;
        const first = !named.has(part);
        named.add(part);
        return (
          <mark key={one.from} class={`part ${parts.join(" ")}`}
            data-part={first ? PART[part] : undefined}>{words}</mark>);
      })}
    </blockquote>
  );
}
