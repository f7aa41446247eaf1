/*
 * Asks the server, by docs/api.md.  Every question can be called off; every
 * refusal is an ApiError whose message is a sentence to show.
 */
import { useCallback, useEffect, useState } from "preact/hooks";
import { makeStore, useStore } from "./store";
import type { Pulse, Session } from "./types";

export const API = "/api/v1/";

export class ApiError extends Error {
  constructor(
    readonly status: number, /* 0: no answer came */
    readonly code: string,
    message: string,
    readonly current: unknown = undefined, /* of a 409: the thing as it is now */
  ) {
    super(message);
  }
}

export const session = makeStore<Session | null>(null);
export const pulse = makeStore<Pulse | null>(null);
/* Set when the server no longer knows us, or does not answer. */
export const trouble = makeStore<"no-session" | "unreachable" | null>(null);

export const useSession = (): Session | null => useStore(session);

async function refusal(answer: Response): Promise<ApiError> {
  try {
    const { error, current } = await answer.json();
    return new ApiError(answer.status, String(error.code), String(error.message),
      current ?? error.current);
  } catch {
    return new ApiError(answer.status, "broken", `The server answered with ${answer.status}.`);
  }
}

async function call(path: string, how: RequestInit): Promise<Response> {
  let answer: Response;

  try {
    answer = await fetch(API + path, { credentials: "same-origin", cache: "no-store", ...how });
  } catch (error) {
    if (how.signal?.aborted) throw error;
    trouble.put("unreachable");
    throw new ApiError(0, "unreachable", "attest does not answer. Is it still running?");
  }
  if (answer.status === 401) trouble.put("no-session");
  else if (trouble.now()) trouble.put(null);
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

/* Null when the answer is 204: there is nothing. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await call(path, { signal });
  return answer.status === 204 ? (null as T) : ((await answer.json()) as T);
}

export async function change<T>(path: string, body: unknown): Promise<T> {
  const answer = await call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const value = answer.status === 204 ? (null as T) : ((await answer.json()) as T);
  void beat();
  return value;
}

export async function upload<T>(path: string, bytes: Blob): Promise<T> {
  const answer = await call(path, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: bytes,
  });
  const value = (await answer.json()) as T;
  void beat();
  return value;
}

export async function loadSession(): Promise<void> {
  const next = await ask<Session>("session");
  session.put(next);
  if (!pulse.now()) pulse.put({ revision: next.revision, prepared: next.prepared, jobs: [] });
}

/* Who decides from now on. */
export async function setReviewer(reviewer: string): Promise<void> {
  await change("session", { reviewer });
  await loadSession();
}

/* What is kept of the latest pulse changes only if something in it did. */
async function beat(): Promise<void> {
  try {
    const next = await ask<Pulse>("pulse");
    if (JSON.stringify(next) !== JSON.stringify(pulse.now())) pulse.put(next);
  } catch {
    /* `trouble` says so already */
  }
}

/* Ask again and again: often while something runs, seldom when out of sight. */
export function keepPulse(): void {
  const again = async () => {
    if (!document.hidden) await beat();
    const busy = pulse.now()?.jobs.some((job) => job.state === "running" || job.state === "waiting");
    setTimeout(again, busy || pulse.now()?.prepared === false ? 1000 : 4000);
  };
  document.addEventListener("visibilitychange", () => void (document.hidden || beat()));
  void again();
}

export interface Asked<T> {
  value: T | undefined; /* the latest answer, also while the next is asked for */
  error: ApiError | null;
  loading: boolean;
  again: () => void;
  put: (value: T) => void; /* what an answer to a change says it is now */
}

/*
 * The answer to a path, null for no question.  Asked anew when the path
 * changes and, unless `still`, when the case does; an answer that is no longer
 * wanted is called off.  A value of another path is kept until the new one is
 * there, unless `fresh`.
 */
export function useAsk<T>(
  path: string | null,
  how: { still?: boolean; fresh?: boolean } = {},
): Asked<T> {
  const beatNow = useStore(pulse);
  const [state, setState] = useState<Answer<T>>({ of: null, error: null, loading: path !== null });
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    if (path === null) {
      setState({ of: null, error: null, loading: false });
      return undefined;
    }
    const stop = new AbortController();
    setState((old) => ({ ...old, error: null, loading: true }));
    ask<T>(path, stop.signal).then(
      (value) => setState({ value, of: path, error: null, loading: false }),
      (error) => {
        if (!stop.signal.aborted)
          setState((old) => ({ ...old, error: asApiError(error), loading: false }));
      });
    return () => stop.abort();
  }, [path, how.still ? null : beatNow?.revision, beatNow?.prepared, turn]);

  const again = useCallback(() => setTurn((n) => n + 1), []);
  const put = useCallback((value: T) => setState((old) => ({ ...old, value })), []);
  const value = how.fresh && state.of !== path ? undefined : state.value;
  return { value, error: state.error, loading: state.loading, again, put };
}

interface Answer<T> {
  value?: T;
  of: string | null; /* the path that it answers */
  error: ApiError | null;
  loading: boolean;
}

export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, "broken", String(error));
}
