/* Who decides: asked once a session, before the first change. */
import { useState } from "preact/hooks";
import { asApiError, change, session, setReviewer } from "../api";
import { Dialog } from "../parts/dialog";
import { makeStore, useStore } from "../store";
import { notify } from "./notices";

const asking = makeStore<((name: string | null) => void) | null>(null);

/* Ask for another name; null when it is left as it was. */
export function askReviewer(): Promise<string | null> {
  return new Promise((answer) => asking.put((name) => { asking.put(null); answer(name); }));
}

/*
 * May something be changed?  Asks for the reviewer's name when there is none
 * yet; says why when not.
 */
export async function mayChange(): Promise<boolean> {
  const now = session.now();

  if (!now) return false;
  if (now.read_only) {
    notify("This case is open for reading only: nothing can be changed here.", { bad: true });
    return false;
  }
  return now.reviewer !== null && now.reviewer !== "" || (await askReviewer()) !== null;
}

export function ReviewerDialog() {
  const answer = useStore(asking);
  return answer && <Question answer={answer} />;
}

function Question({ answer }: { answer: (name: string | null) => void }) {
  const [name, setName] = useState(session.now()?.reviewer ?? "");
  const [refused, setRefused] = useState("");

  const send = async (event: Event) => {
    event.preventDefault();
    const given = name.trim();
    if (!given) return setRefused("A name is needed, so that others can ask you.");
    try {
      await setReviewer(given);
      answer(given);
    } catch (error) {
      setRefused(asApiError(error).message);
    }
  };
  return (
    <Dialog title="Who is reviewing?" close={() => answer(null)}>
      <form onSubmit={send}>
        <p>Each decision is kept with the name of who made it and when.</p>
        <label>Your name
          <input type="text" dir="auto" autofocus autocomplete="name" maxLength={100} value={name}
            aria-invalid={refused !== ""} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        {refused && <p class="refusal" role="alert">{refused}</p>}
        <div class="actions">
          <button type="submit" class="main">Go on</button>
          <button type="button" onClick={() => answer(null)}>Not now</button>
        </div>
      </form>
      {!session.now()?.read_only && <Others />}
    </Dialog>
  );
}

/* A link that lets another person, or another browser, in once. */
function Others() {
  const [url, setUrl] = useState("");
  const [refused, setRefused] = useState("");

  const make = async () => {
    try {
      setUrl((await change<{ url: string }>("session/links", {})).url);
    } catch (error) {
      setRefused(asApiError(error).message);
    }
  };
  const end = async () => {
    await change("session/end", {}).catch(() => undefined);
    window.location.assign("/");
  };
  return (
    <details class="others">
      <summary>Let somebody else in, or leave</summary>
      {url
        ? (
          <label>This link works once, for one browser
            <input type="text" readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
          </label>)
        : <button type="button" onClick={() => void make()}>Make a link for another person</button>}
      {refused && <p class="refusal" role="alert">{refused}</p>}
      <button type="button" onClick={() => void end()}>End this session</button>
    </details>
  );
}
