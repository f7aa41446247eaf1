/* Which claims wait in the queue, and in which order: all in the address. */
import { useState } from "preact/hooks";
import { useAsk, useSession } from "../api";
import { ActPicker } from "../parts/act-picker";
import { Chosen } from "../parts/chips";
import { MARK, SUPPORT, VERDICT, familyName } from "../parts/words";
import { changed, go, useAddress } from "../router";
import type { Mark, PartyFull, Support, Verdict } from "../types";

const ORDERS = [
  ["confidence", "least certain first"], ["document", "document by document"],
  ["act", "act by act"], ["party", "person by person"],
] as const;

const ONLY: [words: string, name: string, value: string][] = [
  ["rests on one voice", "support", "single"],
  ["accounts differ", "support", "contested"],
  ["second reader asked for", "mark", "second"],
  ["decided in bulk", "mark", "bulk"],
];

export function QueueChoice() {
  const at = useAddress();
  const to = (values: Record<string, string | null>) =>
    changed(at, { ...values, claim: null });
  /* What was decided in bulk no longer waits: ask for it in whichever state. */
  const only = (name: string, value: string, on: boolean) => to({
    [name]: on ? null : value,
    ...(value === "bulk" && { verdict: on ? null : "confirmed" }),
  });

  return (
    <section class="queue-choice" aria-label="Which claims to review">
      <label class="inline">Order
        <select value={at.query.get("order") ?? "confidence"}
          onChange={(event) => go(to({ order: event.currentTarget.value }))}>
          {ORDERS.map(([value, words]) => <option key={value} value={value}>{words}</option>)}
        </select>
      </label>
      <span class="chips" role="group" aria-label="Only">
        <span class="faint" aria-hidden="true">only</span>
        {ONLY.map(([words, name, value]) => {
          const on = at.query.get(name) === value;
          return <a key={value} class={on ? "chip chosen" : "chip choice"} aria-current={on ? "true" : undefined}
            href={only(name, value, on)}>{words}{on && " ×"}</a>;
        })}
      </span>
      <ChosenHere to={to} />
      <More to={to} />
    </section>
  );
}

type To = (values: Record<string, string | null>) => string;

/* What else the address holds, each to be taken away. */
function ChosenHere({ to }: { to: To }) {
  const { query } = useAddress();
  const acts = useSession()?.acts ?? [];
  const party = query.get("party");
  const known = useAsk<PartyFull>(party && /^p\d+$/.test(party) ? `parties/${party}` : null, { still: true });

  const words: Record<string, (value: string) => string> = {
    act: (value) => acts.find((act) => act.code === value)?.label ?? familyName(value),
    party: (value) => known.value?.name ?? value,
    document: (value) => `document ${value}`,
    event: (value) => `event ${value}`,
    verdict: (value) => VERDICT[value as Verdict] ?? value,
    support: (value) => SUPPORT[value as Support] ?? value,
    mark: (value) => MARK[value as Mark] ?? value,
    since: (value) => `since ${value}`,
    until: (value) => `until ${value}`,
    text: (value) => `“${value}”`,
    confidence: (value) => `sureness ${value}`,
  };
  const shown = [...query.entries()].filter(([name, value]) =>
    !["order", "claim"].includes(name) && !ONLY.some(([, one, other]) => one === name && other === value));
  if (shown.length === 0) return null;
  return (
    <span class="chips" role="group" aria-label="Chosen">
      {shown.map(([name, value]) => (
        <Chosen key={name + value} words={words[name]?.(value) ?? `${name} ${value}`} href={to({ [name]: null })} />))}
    </span>
  );
}

function More({ to }: { to: To }) {
  const { query } = useAddress();
  const [open, setOpen] = useState(false);

  const put = (name: string) => (event: Event) => {
    event.preventDefault();
    const field = new FormData(event.currentTarget as HTMLFormElement).get(name);
    go(to({ [name]: String(field ?? "").trim() || null }));
  };
  return (
    <>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>Choose more</button>
      {open && (
        <div class="fields more">
          <ActPicker value={query.get("act") ?? ""} choose={(code) => go(to({ act: code }))} />
          <form onSubmit={put("party")}>
            <label>Person or group
              <input name="party" type="text" dir="auto" placeholder="words of a name, then Enter" defaultValue={query.get("party") ?? ""} />
            </label>
          </form>
          <form onSubmit={put("text")}>
            <label>Words of the sentence
              <input name="text" type="text" dir="auto" placeholder="words, then Enter" defaultValue={query.get("text") ?? ""} />
            </label>
          </form>
          <label>How sure the reading is
            <select value={query.get("confidence") ?? ""} onChange={(event) => go(to({ confidence: event.currentTarget.value || null }))}>
              <option value="">any</option>
              <option value="0-0.35">very unsure</option>
              <option value="0.35-0.6">unsure</option>
              <option value="0.6-0.85">likely</option>
              <option value="0.85-1">clear</option>
            </select>
          </label>
          <label>State
            <select value={query.get("verdict") ?? "open"} onChange={(event) =>
              go(to({ verdict: event.currentTarget.value === "open" ? null : event.currentTarget.value }))}>
              {Object.entries(VERDICT).map(([value, words]) => <option key={value} value={value}>{words}</option>)}
            </select>
          </label>
        </div>)}
    </>
  );
}
