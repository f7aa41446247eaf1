/* Choices that stand above a list and in the address: words to find, an order. */
import { useEffect, useRef, useState } from "preact/hooks";
import { changed, go, useAddress } from "../router";

const REST = 250; /* milliseconds without a key, before it is asked */

export function FindField({ label, name = "find" }: { label: string; name?: string }) {
  const at = useAddress();
  const given = at.query.get(name) ?? "";
  const [text, setText] = useState(given);
  const sent = useRef(given);

  useEffect(() => {
    if (given !== sent.current) setText(sent.current = given); /* changed elsewhere */
  }, [given]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      go(changed(at, { [name]: text, offset: null }), { replace: true });
    }, REST);
    return () => clearTimeout(timer);
  }, [text, at.text]);
  return (
    <label class="grow">{label}
      <input type="search" dir="auto" value={text} onInput={(event) => setText(event.currentTarget.value)} />
    </label>
  );
}

export function Choice({ label, name, options }: {
  label: string; name: string; options: [value: string, words: string][];
}) {
  const at = useAddress();

  return (
    <label>{label}
      <select value={at.query.get(name) ?? options[0]![0]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          go(changed(at, { [name]: value === options[0]![0] ? null : value, offset: null }),
            { keepScroll: true });
        }}>
        {options.map(([value, words]) => <option key={value} value={value}>{words}</option>)}
      </select>
    </label>
  );
}
