/*
 * Keys and what they do, told in one place each: the view that has them.  The
 * help overlay lists what is watched at the moment.
 */
import { useEffect, useRef } from "preact/hooks";
import { makeStore } from "../store";

export interface Key {
  keys: string; /* "j", "ArrowDown j", "?" : one or several, parted by blanks */
  words: string; /* what it does, for the help */
  act: (event: KeyboardEvent) => void;
}

interface Group { title: string; keys: () => Key[] }

export const groups = makeStore<readonly Group[]>([]);

/* No key is taken from a field being written in, nor while a dialog asks. */
function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target as Element | null;

  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (target?.closest?.("input, textarea, select, [contenteditable], [data-own-keys]")) return true;
  return document.querySelector("dialog[open]") !== null;
}

export function useKeys(title: string, keys: Key[]): void {
  const latest = useRef(keys);
  latest.current = keys;

  useEffect(() => {
    const group: Group = { title, keys: () => latest.current };
    groups.put([...groups.now(), group]);
    const pressed = (event: KeyboardEvent) => {
      if (isElsewhere(event)) return;
      const key = latest.current.find((one) => one.keys.split(" ").includes(event.key));
      if (!key) return;
      event.preventDefault();
      key.act(event);
    };
    document.addEventListener("keydown", pressed);
    return () => {
      document.removeEventListener("keydown", pressed);
      groups.put(groups.now().filter((one) => one !== group));
    };
  }, [title]);
}
