/* What is shown while an answer is not there, and when there is none. */
import type { ComponentChildren } from "preact";
import { pulse, type Asked, type ApiError } from "../api";
import { useStore } from "../store";

/* <Answer of={asked}>{(value) => ...}</Answer>: value, or why there is none. */
export function Answer<T>({ of, children }: {
  of: Asked<T>;
  children: (value: T) => ComponentChildren;
}) {
  if (of.error && of.error.code !== "preparing")
    return <Refused error={of.error} again={of.again} />;
  if (of.error) return <Preparing />;
  if (of.value === undefined) return <Loading />;
  return <div class={of.loading ? "answer stale" : "answer"}>{children(of.value)}</div>;
}

export function Loading() {
  return <p class="state loading" role="status">One moment …</p>;
}

export function Refused({ error, again }: { error: ApiError; again?: () => void }) {
  return (
    <div class="state refused" role="alert">
      {error.status === 404 && <h1>This is not in the case</h1>}
      <p dir="auto">{error.message}</p>
      {error.status === 404 && <p><a href="/">Go to the overview</a></p>}
      {again && error.status !== 404 && (
        <button type="button" onClick={again}>Try again</button>)}
    </div>
  );
}

export function Preparing() {
  const job = useStore(pulse)?.jobs.find((one) => one.state === "running");

  return (
    <div class="state preparing" role="status">
      <p>The case is being prepared. This page comes by itself when it is ready.</p>
      {job && <Progress done={job.done} total={job.total} words={job.words} />}
    </div>
  );
}

export function Progress({ done, total, words }: { done: number; total: number; words: string }) {
  return (
    <label class="progress">
      <span dir="auto">{words}</span>
      <progress value={total ? done : undefined} max={total || 1} />
    </label>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <div class="state empty">{children}</div>;
}
