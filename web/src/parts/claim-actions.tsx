/* What a person can do with a claim: buttons, and the same by keys. */
import { useState } from "preact/hooks";
import { mayChange } from "../shell/reviewer";
import { useKeys } from "../shell/keys";
import { send, undo, type Step } from "../shell/sending";
import { useSession } from "../api";
import type { ClaimFull, Verdict } from "../types";
import { Corrector } from "./corrector";
import { Dialog } from "./dialog";
import { VERDICT } from "./words";

interface Props {
  claim: ClaimFull;
  changed: (now: ClaimFull, before: ClaimFull) => void; /* the answer is there */
  decided?: (verdict: Verdict) => void; /* at once, before the answer */
  undone: (claim: ClaimFull) => void;
  skip?: () => void;
  correcting: boolean; /* the corrector stands in the passage's place */
  setCorrecting: (on: boolean) => void;
}

type Asking = "reject" | "note" | null;

export function ClaimActions(props: Props) {
  const { claim, changed, decided, undone, skip, correcting, setCorrecting } = props;
  const [asking, setAsking] = useState<Asking>(null);
  const readOnly = useSession()?.read_only ?? true;

  const post = async (path: Step["path"], body: Step["body"], words: string, verdict?: Verdict) => {
    if (!(await mayChange())) return;
    if (verdict) decided?.(verdict);
    void send({ claim, path, body, words, done: (now) => changed(now, claim) });
  };
  const accept = () => void post("decision", { verdict: "confirmed" }, "accept", "confirmed");
  const reopen = () => void post("decision", { verdict: "open" }, "open again", "open");
  const reject = (why: string) => {
    setAsking(null);
    void post("decision", { verdict: "rejected", why }, `reject: ${why}`, "rejected");
  };
  const second = () => void post("second", { asked: !claim.second_asked_by },
    claim.second_asked_by ? "ask no second reader for" : "ask a second reader for");
  const takeBack = async () => {
    if (!(await mayChange())) return;
    const found = await undo();
    if (found) undone(found);
  };
  const start = (what: () => void) => async () => { if (await mayChange()) what(); };
  const correct = start(() => setCorrecting(true));
  const askReject = start(() => setAsking("reject"));
  const askNote = start(() => setAsking("note"));

  useKeys("This claim", readOnly || correcting ? [] : [
    { keys: "a", words: "accept", act: accept },
    { keys: "r", words: "reject, with a reason", act: askReject },
    { keys: "e", words: "correct", act: correct },
    ...(skip ? [{ keys: "s", words: "skip", act: skip }] : []),
    { keys: "u", words: "take back what you decided last", act: () => void takeBack() },
    { keys: "2", words: "ask for a second reader, or no more", act: second },
    { keys: "c", words: "add a note", act: askNote },
  ]);
  if (readOnly) return null;
  if (correcting)
    return <Corrector claim={claim} cancel={() => setCorrecting(false)}
      send={(body) => { setCorrecting(false); void post("correction", { ...body }, "correct", "confirmed"); }} />;
  return (
    <div class="actions decide">
      <Press words="Accept" hint="a" look="good" on={claim.verdict === "confirmed"} act={accept} />
      <Press words="Reject …" hint="r" look="bad" on={claim.verdict === "rejected"} act={askReject} />
      <Press words="Correct …" hint="e" act={correct} />
      {skip && <Press words="Skip" hint="s" act={skip} />}
      <Press words="Undo" hint="u" act={() => void takeBack()} />
      <Press words="Second reader" hint="2" on={claim.second_asked_by !== null} act={second} />
      <Press words="Note …" hint="c" act={askNote} />
      {claim.verdict !== "open" && <button type="button" onClick={reopen}>Open again</button>}
      {asking === "reject" && <RejectDialog claim={claim} reject={reject} close={() => setAsking(null)} />}
      {asking === "note" && <NoteDialog close={() => setAsking(null)}
        add={(text) => { setAsking(null); void post("note", { text }, "add a note to"); }} />}
    </div>
  );
}

function Press({ words, hint, look, on, act }: {
  words: string; hint: string; look?: "good" | "bad"; on?: boolean; act: () => void;
}) {
  return (
    <button type="button" class={look} aria-pressed={on} onClick={act}>
      {words} <kbd aria-hidden="true">{hint}</kbd>
    </button>
  );
}

const REASONS = [
  "The sentence does not say this",
  "Somebody else is said to have done it",
  "It is said of somebody else",
  "It is another act",
  "It is not said to have happened",
  "The text is broken here",
];

function RejectDialog({ claim, reject, close }: {
  claim: ClaimFull; reject: (why: string) => void; close: () => void;
}) {
  const [reason, setReason] = useState("");
  const [more, setMore] = useState("");
  const [refused, setRefused] = useState(false);

  const submit = (event: Event) => {
    event.preventDefault();
    const why = [reason, more.trim()].filter(Boolean).join(": ");
    if (why) reject(why);
    else setRefused(true);
  };
  const pressed = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).matches("[type=text]")) return;
    const chosen = REASONS[Number(event.key) - 1];
    if (chosen) reject([chosen, more.trim()].filter(Boolean).join(": "));
  };
  return (
    <Dialog title={`Reject claim ${claim.id}: why?`} close={close}>
      <form onSubmit={submit} onKeyDown={pressed}>
        <p class="sentence" dir="auto">{claim.sentence}</p>
        <fieldset class="reasons-list">
          <legend class="unseen">Reason</legend>
          {REASONS.map((one, i) => (
            <label class="check" key={one}>
              <input type="radio" name="reason" autofocus={i === 0} checked={reason === one}
                onChange={() => setReason(one)} />
              <span><kbd aria-hidden="true">{i + 1}</kbd> {one}</span>
            </label>))}
        </fieldset>
        <label>In your words
          <input type="text" dir="auto" value={more} aria-invalid={refused}
            onInput={(event) => setMore(event.currentTarget.value)} />
        </label>
        {refused && <p class="refusal" role="alert">Choose a reason or write one: who reads after you needs it.</p>}
        <div class="actions">
          <button type="submit" class="bad">Reject</button>
          <button type="button" onClick={close}>Not now</button>
          <span class="faint">A number chooses and rejects at once.</span>
        </div>
      </form>
    </Dialog>
  );
}

function NoteDialog({ add, close }: { add: (text: string) => void; close: () => void }) {
  const [text, setText] = useState("");

  return (
    <Dialog title="Add a note" close={close}>
      <form onSubmit={(event) => { event.preventDefault(); if (text.trim()) add(text.trim()); }}>
        <label>Note
          <textarea dir="auto" autofocus value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <div class="actions">
          <button type="submit" class="main" disabled={!text.trim()}>Keep the note</button>
          <button type="button" onClick={close}>Not now</button>
        </div>
      </form>
    </Dialog>
  );
}

/* What a screen reader is told after a decision. */
export const decisionWords = (verdict: Verdict): string =>
  verdict === "open" ? "open again" : VERDICT[verdict];
