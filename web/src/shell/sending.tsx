/*
 * Decisions on their way to the case.  They go one after the other, so that
 * an undo finds what it takes back; one that does not arrive is shown until
 * the person has said what to do with it, wherever on the page that is.
 */
import { ask, asApiError, change, type ApiError } from "../api";
import { Dialog } from "../parts/dialog";
import { ClaimLink, RoleWords } from "../parts/links";
import { VERDICT, moment } from "../parts/words";
import { makeStore, useStore } from "../store";
import type { ClaimFull, LogRecord } from "../types";
import { notify } from "./notices";

export interface Step {
  claim: ClaimFull; /* as it was seen */
  path: "decision" | "correction" | "note" | "second";
  body: Record<string, unknown>; /* without the version */
  words: string; /* what it does: "accept", "reject: not said" */
  done: (now: ClaimFull) => void;
}

interface Stuck extends Step { error: ApiError }

const stuck = makeStore<readonly Stuck[]>([]);
let underway = 0;
let line: Promise<unknown> = Promise.resolve();

window.addEventListener("beforeunload", (event) => {
  if (underway > 0 || stuck.now().length > 0) event.preventDefault();
});

function inLine<T>(work: () => Promise<T>): Promise<T> {
  const turn = line.then(work, work);

  underway++;
  line = turn.then(() => underway--, () => underway--);
  return turn;
}

export function send(step: Step): Promise<void> {
  return inLine(async () => {
    const { claim, path, body } = step;
    try {
      step.done(await change<ClaimFull>(`claims/${claim.id}/${path}`, versioned(path, claim, body)));
    } catch (reason) {
      stuck.put([...stuck.now(), { ...step, error: asApiError(reason) }]);
    }
  });
}

function versioned(path: Step["path"], claim: ClaimFull, body: Step["body"]): Step["body"] {
  return path === "decision" || path === "correction" ? { version: claim.version, ...body } : body;
}

/* Take back what this reviewer decided last; null when there is nothing. */
export function undo(): Promise<ClaimFull | null> {
  return inLine(async () => {
    try {
      const { undone, claim } = await change<{ undone: LogRecord; claim: ClaimFull | null }>("undo", {});
      notify(`Taken back: ${undone.words}`);
      return claim;
    } catch (reason) {
      const error = asApiError(reason);
      notify(error.status === 404 ? "There is nothing of yours to take back." : error.message,
        { bad: error.status !== 404 });
      return null;
    }
  });
}

/* The claim as a refused decision's answer has it, else as the case does. */
async function claimNow(one: Stuck): Promise<ClaimFull> {
  const current = one.error.current as ClaimFull | undefined;
  return current?.version !== undefined ? current : ask<ClaimFull>(`claims/${one.claim.id}`);
}

export function Undelivered() {
  const one = useStore(stuck)[0];

  if (!one) return null;
  const leave = () => stuck.put(stuck.now().filter((other) => other !== one));
  const keepTheirs = async () => {
    leave();
    one.done(await claimNow(one).catch(() => one.claim));
  };
  const sendAgain = async () => {
    leave();
    const claim = one.error.status === 409 ? await claimNow(one).catch(() => one.claim) : one.claim;
    void send({ ...one, claim });
  };
  return one.error.status === 409
    ? <Conflict one={one} keepTheirs={keepTheirs} sendAgain={sendAgain} />
    : (
      <Dialog title="This decision has not arrived" close={leave}>
        <Meant one={one} />
        <p dir="auto">{one.error.message}</p>
        <div class="actions">
          <button type="button" class="main" autofocus onClick={sendAgain}>Send it again</button>
          <button type="button" onClick={leave}>Give it up</button>
        </div>
      </Dialog>);
}

function Conflict({ one, keepTheirs, sendAgain }: {
  one: Stuck; keepTheirs: () => void; sendAgain: () => void;
}) {
  const current = one.error.current as ClaimFull | undefined;
  const last = current?.readers?.[current.readers.length - 1];

  return (
    <Dialog title="Somebody else decided meanwhile" close={keepTheirs}>
      <Meant one={one} />
      <p>
        By now: {current ? <strong>{VERDICT[current.verdict]}</strong> : "changed"}
        {last && <> by <bdi>{last.name}</bdi>, {moment(last.at)}{last.why && <>, “<bdi>{last.why}</bdi>”</>}</>}.
      </p>
      {current && current.id !== one.claim.id && <p>It was corrected: <ClaimLink id={current.id} /> stands in its place.</p>}
      <p class="faint">Both are kept in the claim's history, whichever you choose.</p>
      <div class="actions">
        <button type="button" class="main" autofocus onClick={keepTheirs}>Leave it as it is now</button>
        <button type="button" onClick={sendAgain}>Decide as I meant: {one.words}</button>
      </div>
    </Dialog>
  );
}

function Meant({ one }: { one: Stuck }) {
  const { claim } = one;

  return (
    <>
      <p>You meant to <strong><bdi>{one.words}</bdi></strong> claim {claim.id}, {claim.label}:{" "}
        <RoleWords role={claim.actor} />{claim.target && <> → <RoleWords role={claim.target} /></>}</p>
      <p class="sentence" dir="auto">{claim.sentence}</p>
    </>
  );
}
