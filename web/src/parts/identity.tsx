/* What speaks for and against two names meaning one, and what was ruled. */
import { asApiError, change } from "../api";
import { mayChange } from "../shell/reviewer";
import { notify } from "../shell/notices";
import type { LogRecord, PartyFull, Reason } from "../types";
import { ClaimList } from "./claim";
import { DocumentLink, PartyLink, Said } from "./links";
import { many, moment } from "./words";

export function Reasons({ reasons }: { reasons: Reason[] }) {
  return (
    <ul class="weights">
      {reasons.map(({ words, weight }, i) => (
        <li key={i} class={weight === null ? undefined : weight < 0 ? "against" : "for"}>
          <span class="weight">{weight === null ? "" : `${weight > 0 ? "+" : "−"}${Math.abs(weight).toFixed(1)}`}</span>
          <Said>{words}</Said>
        </li>))}
    </ul>
  );
}

/* One of two, as evidence: names and who uses them, where, what is said. */
export function Side({ of, heading }: { of: PartyFull; heading?: string }) {
  return (
    <section aria-label={of.name}>
      {heading && <p class="faint">{heading}</p>}
      <h3><PartyLink id={of.id} name={of.name} /></h3>
      <p class="faint cramped">
        {of.kind}, {many(of.documents, "document")}
        {of.first_year !== null && `, ${of.first_year}${of.last_year !== of.first_year ? ` to ${of.last_year}` : ""}`}
        {of.where && <>, <Said>{of.where}</Said></>}
      </p>
      <h4>Names, and who uses them</h4>
      <ul class="cramped">
        {of.names.map(({ name, documents, users }) => (
          <li key={name}><Said>{name}</Said> <span class="faint">
            {many(documents, "document")}{users.length > 0 && <>: {users.slice(0, 3).map((user, i) =>
              <>{i > 0 && ", "}<Said>{user}</Said></>)}</>}</span></li>))}
      </ul>
      {of.labels.length > 0 && (
        <>
          <h4>Called</h4>
          <ul class="cramped">{of.labels.slice(0, 5).map(({ words, by }) =>
            <li key={words}>“<Said>{words}</Said>” {by && <span class="faint">by <Said>{by}</Said></span>}</li>)}</ul>
        </>)}
      <h4>What is said</h4>
      <div class="evidence" tabIndex={0} role="region" aria-label={`What is said of ${of.name}`}>
        <ClaimList claims={[...of.claims.on, ...of.claims.by].slice(0, 6)} />
        {of.claims.on.length + of.claims.by.length === 0 && (
          <ul class="cramped">{of.mentions.slice(0, 6).map((one) =>
            <li key={one.id}><DocumentLink document={{ id: one.document, name: one.document_name }} /></li>)}</ul>)}
      </div>
    </section>
  );
}

/*
 * What people decided.  One decision may stand as several rulings, of each
 * with each: they are shown, and with `changed` taken back, together.
 */
export function Rulings({ rulings, changed }: { rulings: LogRecord[]; changed?: () => void }) {
  const undo = async (together: LogRecord[]) => {
    if (!(await mayChange())) return;
    try {
      for (const { id } of together) await change("rulings/undo", { ruling: id });
      notify("Taken back.");
    } catch (error) {
      notify(asApiError(error).message, { bad: true });
    }
    changed?.();
  };

  return (
    <ul class="rulings">
      {decisionsOf(rulings).map((together) => {
        const [one] = together;
        return one && (
          <li key={one.id}>
            <span class={one.undone ? "undone" : undefined} dir="auto">{one.words}</span>
            <span class="faint"><Said>{one.who}</Said>, {moment(one.at)}{one.undone && ", taken back"}</span>
            {changed && !one.undone && (
              <button type="button" class="plain screen-only" onClick={() => void undo(together)}>
                Take back<span class="unseen">: {one.words}</span></button>)}
          </li>);
      })}
    </ul>
  );
}

function decisionsOf(rulings: LogRecord[]): LogRecord[][] {
  const found = new Map<string, LogRecord[]>();

  for (const one of rulings) {
    const key = JSON.stringify([one.words, one.who, one.at, one.undone]);
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return [...found.values()];
}
