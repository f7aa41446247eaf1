/* Small marks beside a line.  None speaks by colour alone. */
import type { Contest, Mark, Modality, Verdict } from "../types";
import { CONTEST, FAMILY, MARK, MODALITY, VERDICT, familyClass, familyName, many, sureness } from "./words";

export function ActTag({ family, label }: { family: string; label: string }) {
  return (
    <span class={`act ${familyClass(family)}`}>
      <span class="letter" aria-hidden="true">{FAMILY[family]?.letter ?? "O"}</span>
      <span class="unseen">{familyName(family)}: </span>{label}
    </span>
  );
}

const SIGN: Record<Verdict, string> = { open: "○", confirmed: "✓", rejected: "✕" };

export function VerdictTag({ verdict }: { verdict: Verdict }) {
  return (
    <span class={`chip verdict ${verdict}`}>
      <span aria-hidden="true">{SIGN[verdict]}</span> {VERDICT[verdict]}
    </span>
  );
}

export function ModalityTag({ modality, negative }: { modality: Modality; negative: boolean }) {
  if (modality === "asserted" && !negative) return null;
  return (
    <span class="chip modality">
      {negative ? "said not to have happened" : MODALITY[modality]}
      {negative && modality !== "asserted" && `, ${MODALITY[modality]}`}
    </span>
  );
}

/*
 * How many independent voices say so, how many deny it, in what they differ;
 * it leads to the event, where they are named.
 */
export function SupportTag({ support, deniers, contests, event }: {
  support: number; deniers: number; contests: Contest[]; event?: string | null;
}) {
  const others = contests.filter((one) => one !== "denied" || deniers === 0);
  const Around = event ? "a" : "span";

  return (
    <Around class="support" href={event ? `/events/${event}` : undefined}>
      {(support > 0 || deniers === 0) && (
        <span class={support === 1 ? "chip single" : "chip"}>
          {support === 1 && !contests.length ? "rests on one voice" : many(support, "voice")}
        </span>)}
      {deniers > 0 && <span class="chip contest">{many(deniers, "voice denies", "voices deny")} it</span>}
      {others.map((one) => <span key={one} class="chip contest">{CONTEST[one]}</span>)}
    </Around>
  );
}

export function MarkTags({ marks }: { marks: Mark[] }) {
  return <>{marks.map((one) => <span key={one} class="chip">{MARK[one]}</span>)}</>;
}

/* How sure the reading is, in words and number. */
export function Confidence({ value }: { value: number }) {
  const percent = Math.round(value * 100);

  return (
    <span class="confidence" title="How sure the program is that it read the sentence rightly">
      <span class="bar" aria-hidden="true"><span style={{ width: `${percent}%` }} /></span>
      {sureness(value)}, {percent} %
    </span>
  );
}

/* A choice that can be taken away: `href` is the address without it. */
export function Chosen({ words, href }: { words: string; href: string }) {
  return (
    <a class="chip chosen" href={href}>
      <bdi>{words}</bdi> <span aria-hidden="true">×</span><span class="unseen">: take this away</span>
    </a>
  );
}
