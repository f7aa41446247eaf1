/* Decide all that was chosen in one go: said with the number, kept as such. */
import { useState } from "preact/hooks";
import { asApiError, ask, change, useSession } from "../api";
import { Dialog } from "../parts/dialog";
import { many, number } from "../parts/words";
import { notify } from "../shell/notices";
import { mayChange } from "../shell/reviewer";
import type { Claim, List } from "../types";

export function BulkButton({ filter, after }: { filter: string; after: () => void }) {
  const [count, setCount] = useState<number | null>(null);
  const readOnly = useSession()?.read_only ?? true;

  const open = async () => {
    if (!(await mayChange())) return;
    try {
      setCount((await ask<List<Claim>>(`claims?${filter}&verdict=open&limit=1`)).total);
    } catch (error) {
      notify(asApiError(error).message, { bad: true });
    }
  };
  if (readOnly) return null;
  return (
    <p class="bulk">
      <button type="button" onClick={() => void open()}>Accept all that is chosen …</button>
      {count !== null && <Question filter={filter} count={count} close={() => setCount(null)} after={after} />}
    </p>
  );
}

function Question({ filter, count, close, after }: {
  filter: string; count: number; close: () => void; after: () => void;
}) {
  const [sure, setSure] = useState(false);
  const [why, setWhy] = useState("");
  const [refused, setRefused] = useState("");

  const send = async (event: Event) => {
    event.preventDefault();
    try {
      const { decided } = await change<{ decided: number }>("claims/bulk",
        { filter, most: count, verdict: "confirmed", ...(why.trim() && { why: why.trim() }) });
      notify(`${many(decided, "claim")} accepted in bulk, and marked so.`);
      close();
      after();
    } catch (error) {
      setRefused(asApiError(error).message);
    }
  };
  return (
    <Dialog title={`Accept ${many(count, "claim")} unread?`} close={close}>
      <form onSubmit={send}>
        <p>
          {filter ? "All that you chose and that still waits" : "Every claim of the case that still waits"} is
          accepted by your name in one go. Each stays marked as decided in bulk, and is found again by that.
        </p>
        <label class="check">
          <input type="checkbox" autofocus checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
          Yes, accept these {number(count)} without reading each
        </label>
        <label>Why, if it needs saying
          <input type="text" dir="auto" value={why} onInput={(event) => setWhy(event.currentTarget.value)} />
        </label>
        {refused && <p class="refusal" role="alert">{refused}</p>}
        <div class="actions">
          <button type="submit" class="main" disabled={!sure || count === 0}>Accept {number(count)}</button>
          <button type="button" onClick={close}>Not now</button>
        </div>
      </form>
    </Dialog>
  );
}
