/*
 * One claim a screen, the least certain first.  The next one is asked for
 * while this one is read, so that it is there when the decision falls; the
 * decision travels meanwhile.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { asApiError, ask, pulse, type ApiError } from "../api";
import { useStore } from "../store";
import { ClaimActions, decisionWords } from "../parts/claim-actions";
import { ClaimCard } from "../parts/claim";
import { Passage } from "../parts/passage";
import { Empty, Loading, Preparing, Refused } from "../parts/states";
import { day, many } from "../parts/words";
import { changed, go, useAddress, type Address } from "../router";
import { speak } from "../shell/notices";
import { useKeys } from "../shell/keys";
import { undo } from "../shell/sending";
import type { ClaimFull, Queued, Verdict } from "../types";
import { BulkButton } from "./review-bulk";
import { QueueChoice } from "./review-choice";

/* What the address chooses, without the claim that is shown. */
function filterOf(at: Address, ...without: string[]): string {
  const filter = new URLSearchParams(at.query);

  for (const name of ["claim", "order", "after", ...without]) filter.delete(name);
  return filter.toString();
}

function queuePath(at: Address, after?: string): string {
  const query = new URLSearchParams(filterOf(at));

  query.set("order", at.query.get("order") ?? "confidence");
  if (after) query.set("after", after);
  return `queue?${query}`;
}

interface Place { claim: ClaimFull; remaining: number | null }

/* The act is what one looks for first: a long passage or a small screen may
   have it out of sight, above or behind the buttons. */
function showAct(): void {
  const act = document.querySelector(".one-claim .part.trigger");
  const top = document.querySelector(".head")?.getBoundingClientRect().bottom ?? 0;
  const foot = document.querySelector(".one-claim .decide")?.getBoundingClientRect().top ?? window.innerHeight;

  if (!act) return;
  const { top: above, bottom: below } = act.getBoundingClientRect();
  if (above < top || below > foot) act.scrollIntoView({ block: "center" });
}

export default function Review() {
  const at = useAddress();
  const [place, setPlace] = useState<Place | null | undefined>(undefined); /* null: all done */
  const [error, setError] = useState<ApiError | null>(null);
  const [correcting, setCorrecting] = useState(false);
  const [turn, setTurn] = useState(0);
  const prepared = useStore(pulse)?.prepared;
  const next = useRef<{ after: string; answer: Promise<Queued | null> } | null>(null);
  const seen = useRef<ClaimFull[]>([]);
  const order = queuePath(at);
  const orderNow = useRef(order);
  orderNow.current = order;

  const follow = (id: string): Promise<Queued | null> => {
    if (next.current?.after !== id)
      next.current = { after: id, answer: ask<Queued | null>(queuePath(at, id)) };
    next.current.answer.catch(() => { next.current = null; });
    return next.current.answer;
  };
  const show = (claim: ClaimFull, remaining: number | null) => {
    setCorrecting(false);
    setPlace({ claim, remaining });
    go(changed(at, { claim: claim.id }), { replace: true });
    void follow(claim.id).catch(() => undefined);
  };

  useEffect(() => {
    const stop = new AbortController();
    const wanted = at.query.get("claim");
    next.current = null;
    setError(null);
    const first = wanted
      ? ask<ClaimFull>(`claims/${encodeURIComponent(wanted)}`, stop.signal)
        .then((claim) => ({ claim, remaining: null }))
      : ask<Queued | null>(order, stop.signal)
        .then((found) => found && { claim: found, remaining: found.remaining });
    first.then((found) => found ? show(found.claim, found.remaining) : setPlace(null),
      (reason) => stop.signal.aborted || setError(asApiError(reason)));
    return () => stop.abort();
  }, [order, prepared, turn]);

  const restart = () => {
    go(changed(at, { claim: null }), { replace: true });
    setTurn(turn + 1);
  };

  /* On to the next; `done` when this one no longer waits. */
  const advance = async (done: boolean) => {
    if (!place) return;
    const { claim, remaining } = place;
    seen.current = [...seen.current.slice(-49), claim];
    try {
      const found = await follow(claim.id);
      if (orderNow.current !== order) return;
      if (!found || found.id === claim.id) setPlace(null);
      else show(found, remaining === null ? found.remaining : remaining - (done ? 1 : 0));
    } catch (reason) {
      setError(asApiError(reason));
    }
  };
  const decided = (verdict: Verdict) => {
    if (verdict === "open") return;
    speak(`${decisionWords(verdict)}. Next claim.`);
    void advance(true);
  };
  const answered = (now: ClaimFull, before: ClaimFull) => {
    setPlace((old) => old && old.claim.id === before.id ? { ...old, claim: now } : old);
  };
  const back = () => {
    const before = seen.current.pop();
    if (before) show(before, place?.remaining ?? null);
  };
  const undone = (claim: ClaimFull) =>
    show(claim, place === null ? 1 : place?.remaining == null ? null : place.remaining + 1);

  useLayoutEffect(showAct, [place?.claim.id]);
  useKeys("Review", [
    { keys: "n j", words: "the next claim", act: () => void advance(false) },
    { keys: "p k", words: "the claim before", act: back },
  ]);

  return (
    <div class="review">
      <div class="view-head">
        <h1>Review</h1>
        {place?.remaining != null && <span class="faint">{many(place.remaining, "claim")} to go</span>}
        <div class="actions">
          <a href="/agreement">How far readers agree</a>
          <a href="/proposals">Who is perhaps the same</a>
        </div>
      </div>
      <QueueChoice />
      {error && error.code === "preparing" && <Preparing />}
      {error && error.code !== "preparing" && (
        <Refused error={error} again={restart} />)}
      {!error && place === undefined && <Loading />}
      {!error && place === null && <AllDone filtered={filterOf(at) !== ""} undone={undone} />}
      {!error && place && (
        <div class="beside one-claim">
          <section class="panel" aria-label="The sentence">
            <p class="where-from">
              <a href={`/documents/${place.claim.document.id}?claim=${place.claim.id}`}>
                <bdi>{place.claim.document.title || place.claim.document.name}</bdi></a>
              {place.claim.publisher && <span class="faint"> · <bdi>{place.claim.publisher}</bdi></span>}
              {place.claim.document.date && <span class="faint"> · {day(place.claim.document.date)}</span>}
            </p>
            {!correcting && <Passage claim={place.claim} />}
            <ClaimActions claim={place.claim} changed={answered} decided={decided}
              undone={undone} skip={() => void advance(false)}
              correcting={correcting} setCorrecting={setCorrecting} />
          </section>
          <aside class="panel" aria-label="What was read"><ClaimCard claim={place.claim} /></aside>
        </div>)}
      {place && <BulkButton filter={filterOf(at, "verdict")} after={restart} />}
    </div>
  );
}

function AllDone({ filtered, undone }: {
  filtered: boolean; undone: (claim: ClaimFull) => void;
}) {
  const takeBack = () => void undo().then((claim) => claim && undone(claim));

  useKeys("Review", [{ keys: "u", words: "take back what you decided last", act: takeBack }]);
  return (
    <Empty>
      <h2>Nothing is left here</h2>
      <p>{filtered ? "No claim that you chose waits for review." : "Every claim of the case is decided."}</p>
      <p class="actions centred">
        <button type="button" onClick={takeBack}>Undo <kbd aria-hidden="true">u</kbd></button>
        {filtered && <a class="button" href="/review">Review all that waits</a>}
        <a class="button" href="/review?verdict=rejected">Look at what was rejected</a>
        <a class="button" href="/agreement">How far readers agree</a>
      </p>
    </Empty>
  );
}
