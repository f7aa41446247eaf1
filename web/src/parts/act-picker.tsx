/* Choose an act from the list, by words of its name or of what it covers. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useSession } from "../api";
import type { Act } from "../types";
import { ActTag } from "./chips";
import { familyName } from "./words";

function has(act: Act, words: string[]): boolean {
  const all = `${act.label} ${act.covers} ${familyName(act.family)} ${act.code}`.toLowerCase();
  return words.every((word) => all.includes(word));
}

/* Those whose name begins so come first. */
function found(acts: Act[], text: string): Act[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const begins = (act: Act) => act.label.toLowerCase().startsWith(words[0] ?? "") ? 0 : 1;

  return acts.filter((act) => has(act, words))
    .sort((a, b) => words.length ? begins(a) - begins(b) : 0);
}

/* `value` is the act's code; "" when none is chosen. */
export function ActPicker({ value, choose, label = "Act" }: {
  value: string; choose: (code: string) => void; label?: string;
}) {
  const acts = useSession()?.acts ?? [];
  const now = acts.find((act) => act.code === value);
  const [text, setText] = useState<string | null>(null); /* null: closed */
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const name = useId();
  const shown = text === null ? [] : found(acts, text);

  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at, text]);

  const take = (act: Act | undefined) => {
    setText(null);
    if (act) choose(act.code);
  };
  const pressed = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) {
      event.preventDefault();
      if (text === null) setText("");
      else setAt((at + step + shown.length) % Math.max(1, shown.length));
    } else if (event.key === "Enter" && text !== null) {
      event.preventDefault();
      take(shown[at]);
    } else if (event.key === "Escape" && text !== null) {
      event.preventDefault();
      event.stopPropagation();
      setText(null);
    }
  };
  return (
    <div class="picker">
      <label for={`${name}-field`}>{label}</label>
      <input id={`${name}-field`} type="text" role="combobox" autocomplete="off"
        aria-expanded={text !== null} aria-controls={`${name}-list`} aria-autocomplete="list"
        aria-activedescendant={shown[at] && `${name}-${at}`}
        placeholder="any act: type to search" value={text ?? now?.label ?? value}
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => text === null && setText("")}
        onInput={(event) => { setText(event.currentTarget.value); setAt(0); }}
        onBlur={() => setText(null)} onKeyDown={pressed} />
      <ul id={`${name}-list`} ref={list} role="listbox" aria-label={label} hidden={text === null}>
        {shown.map((act, i) => (
          <li key={act.code} id={`${name}-${i}`} role="option" aria-selected={i === at}
            onPointerDown={(event) => { event.preventDefault(); take(act); }}>
            <ActTag family={act.family} label={act.label} />
            <small>{act.covers}</small>
          </li>))}
        {text !== null && shown.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled>No act has these words</li>)}
      </ul>
    </div>
  );
}
