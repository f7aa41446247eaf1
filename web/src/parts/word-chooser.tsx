/*
 * Choose words of a text that follow each other.  Mouse and pen: draw over
 * them; or press the first, then the last, which a finger can do too; keys:
 * arrows move by a word, with Shift they extend.
 */
import { Fragment } from "preact";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { speak } from "../shell/notices";
import { wordsOf, type Word } from "./text";

interface Choice { anchor: number; head: number } /* numbers of words */

export function WordChooser({ text, chosen, choose, label, classOf, onDigit }: {
  text: string;
  chosen: Word | null; /* a stretch of the text */
  choose: (stretch: Word) => void;
  label: string;
  classOf: (word: Word) => string; /* how a word looks besides */
  onDigit?: (digit: number) => void;
}) {
  const words = useMemo(() => wordsOf(text), [text]);
  const box = useRef<HTMLDivElement>(null);
  const [half, setHalf] = useState(false); /* the first word is pressed, not yet the last */
  const drawn = useRef<number | null>(null);
  const name = useId();
  const choice = choiceOf(words, chosen);

  useEffect(() => setHalf(false), [label]);

  const take = ({ anchor, head }: Choice) => {
    const first = words[Math.min(anchor, head)], last = words[Math.max(anchor, head)];
    if (!first || !last) return;
    lastAnchor.current = anchor;
    choose({ from: first.from, to: last.to });
    speak(text.slice(first.from, last.to));
  };
  const lastAnchor = useRef(0);
  const anchored = choice && (choice.anchor === lastAnchor.current || choice.head === lastAnchor.current);
  const anchor = anchored ? lastAnchor.current : choice?.anchor ?? 0;
  const head = !choice ? -1 : anchor === choice.anchor ? choice.head : choice.anchor;

  const isOn = (i: number) => choice !== null && i >= choice.anchor && i <= choice.head;
  const wordAt = (event: PointerEvent): number | null => {
    const hit = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-word]");
    return hit && box.current?.contains(hit) ? Number((hit as HTMLElement).dataset.word) : null;
  };
  const down = (event: PointerEvent) => {
    const at = wordAt(event);
    if (at === null || event.button !== 0) return;
    drawn.current = at;
    if (event.shiftKey || half) take({ anchor, head: at });
    else take({ anchor: at, head: at });
    setHalf(!half && !event.shiftKey);
  };
  const move = (event: PointerEvent) => {
    const at = wordAt(event);
    if (drawn.current === null || at === null || at === drawn.current || half === false) return;
    take({ anchor: drawn.current, head: at });
  };
  const up = (event: PointerEvent) => {
    if (drawn.current !== null && wordAt(event) !== drawn.current) setHalf(false);
    drawn.current = null;
  };
  const pressed = (event: KeyboardEvent) => {
    const to = headAfter(event, head, words.length, isRightToLeft(box.current));
    if (to !== null) {
      event.preventDefault();
      take({ anchor: event.shiftKey && choice ? anchor : to, head: to });
      setHalf(false);
    } else if (/^[1-9]$/.test(event.key)) onDigit?.(Number(event.key));
  };
  return (
    <div ref={box} class="chooser" role="listbox" aria-multiselectable="true" aria-label={label}
      tabIndex={0} dir="auto" data-own-keys
      aria-activedescendant={head >= 0 ? `${name}-${head}` : undefined}
      onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up}
      onKeyDown={pressed}>
      {words.map((word, i) => (
        <Fragment key={word.from}>
          <span class={isOn(i - 1) && isOn(i) ? "on" : undefined}>{between(text, words[i - 1], word)}</span>
          <span id={`${name}-${i}`} data-word={i} role="option" aria-selected={isOn(i)}
            class={`word ${classOf(word)}${isOn(i) ? " on" : ""}`}>
            {text.slice(word.from, word.to)}
          </span>
        </Fragment>))}
      {between(text, words[words.length - 1], undefined)}
    </div>
  );
}

/* What stands between two words; empty lines need no room. */
function between(text: string, before: Word | undefined, after: Word | undefined): string {
  return text.slice(before?.to ?? 0, after?.from).replace(/\n\s*\n/g, "\n");
}

function choiceOf(words: Word[], chosen: Word | null): Choice | null {
  if (!chosen) return null;
  const anchor = words.findIndex((word) => word.to > chosen.from);
  let head = anchor;
  while (words[head + 1] && words[head + 1]!.from < chosen.to) head++;
  return anchor < 0 ? null : { anchor, head };
}

function isRightToLeft(box: Element | null): boolean {
  return box !== null && getComputedStyle(box).direction === "rtl";
}

function headAfter(event: KeyboardEvent, head: number, count: number, rightToLeft: boolean): number | null {
  const steps: Record<string, number> = {
    ArrowRight: rightToLeft ? -1 : 1, ArrowLeft: rightToLeft ? 1 : -1,
    ArrowDown: 8, ArrowUp: -8, Home: -count, End: count,
  };
  const step = steps[event.key];
  return step === undefined ? null : Math.max(0, Math.min(count - 1, head + step));
}
