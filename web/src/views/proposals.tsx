/* Who is perhaps the same: one pair a screen, both with their evidence. */
import "../parts/columns.css";
import { useEffect, useRef } from "preact/hooks";
import { asApiError, change, useAsk } from "../api";
import { Rulings } from "../parts/identity";
import { Compared, LOOKED_AT } from "../parts/merging";
import { Answer, Empty } from "../parts/states";
import { Tabs } from "../parts/tabs";
import { KINDS, number } from "../parts/words";
import { changed, go, useAddress } from "../router";
import { useKeys } from "../shell/keys";
import { notify, speak } from "../shell/notices";
import { mayChange } from "../shell/reviewer";
import type { Comparison, List, Proposal } from "../types";

export default function Proposals() {
  const at = useAddress();
  const offset = Math.max(0, Number(at.query.get("offset")) || 0);
  const query = new URLSearchParams({ limit: "1", offset: String(offset) });
  if (at.query.get("kind")) query.set("kind", at.query.get("kind")!);
  const asked = useAsk<List<Proposal>>(`proposals?${query}`);

  return (
    <>
      <div class="view-head">
        <h1>Perhaps the same</h1>
        <p>The program thinks that these may be one. You decide; whatever you decide can be taken back.</p>
      </div>
      <Tabs name="kind" label="Kind" tabs={[["", "All"], ["person", KINDS.person], ["group", KINDS.group], ["place", KINDS.place]]} />
      <Answer of={asked}>{({ items, total }) => items[0]
        ? <Pair key={`${items[0].one.id} ${items[0].other.id}`} pair={items[0]} offset={offset} total={total} again={asked.again} />
        : offset > 0
          ? <Empty><p>That was the last one.</p><p><a href={changed(at, { offset: null })}>Begin anew</a></p></Empty>
          : <Empty><p>Nobody here seems to stand under two names.</p></Empty>}
      </Answer>
    </>
  );
}

function Pair({ pair, offset, total, again }: {
  pair: Proposal; offset: number; total: number; again: () => void;
}) {
  const at = useAddress();
  const { one, other } = pair;
  const both = useAsk<Comparison>(`parties/${one.id}/compare?with=${other.id}`, { still: true });
  const busy = useRef(false); /* a key pressed twice decides once */
  useEffect(() => { busy.current = false; }, [pair]);
  const to = (n: number) => go(changed(at, { offset: n > 0 ? n : null }));

  const decide = async (path: string, body: unknown, words: string) => {
    if (busy.current || !(await mayChange())) return;
    busy.current = true;
    try {
      await change(path, body);
      notify(words);
      again();
    } catch (error) {
      notify(asApiError(error).message, { bad: true });
      busy.current = false;
    }
  };
  const same = () => void decide("parties/merge", { one: one.id, other: other.id, why: LOOKED_AT },
    `${one.name} and ${other.name}: shown as one from now on.`);
  const apart = () => void decide("parties/split", { party: one.id, mentions: [other.id], why: LOOKED_AT },
    `${one.name} and ${other.name}: two, and not proposed again.`);
  const skip = () => {
    if (offset + 1 < total) to(offset + 1);
    else speak("This is the last pair.");
  };
  useKeys("Perhaps the same", [
    { keys: "a", words: "one and the same", act: same },
    { keys: "r", words: "two different", act: apart },
    { keys: "s n ArrowRight", words: "later: the next pair", act: skip },
    { keys: "p ArrowLeft", words: "the pair before", act: () => offset > 0 && to(offset - 1) },
  ]);

  return (
    <>
      <div class="actions toolbar">
        <button type="button" class="good" onClick={same}>One and the same <kbd>a</kbd></button>
        <button type="button" class="bad" onClick={apart}>Two different <kbd>r</kbd></button>
        <button type="button" onClick={skip} disabled={offset + 1 >= total}>Later <kbd>s</kbd></button>
        <button type="button" onClick={() => to(offset - 1)} disabled={offset === 0}>Before <kbd>p</kbd></button>
        <span class="faint">{number(offset + 1)} of {number(total)}</span>
      </div>
      <Answer of={both}>{(value) => (
        <>
          <h2 class="unseen">Both of them</h2>
          <Compared both={value} />
          {value.rulings.length > 0 && <Rulings rulings={value.rulings} changed={both.again} />}
        </>)}
      </Answer>
    </>
  );
}
