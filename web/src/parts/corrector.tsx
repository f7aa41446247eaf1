/* Say what the sentence says instead: who, whom, where, which act, how meant. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ClaimFull, Correction, Modality, RoleName } from "../types";
import { ActPicker } from "./act-picker";
import { partsOf, type Part } from "./passage";
import { pointsOf, type Mark, type Word } from "./text";
import { MODALITY } from "./words";
import { WordChooser } from "./word-chooser";

const ROLES: [RoleName, string][] = [
  ["actor", "Who did it"], ["target", "To whom"], ["place", "Where"],
  ["origin", "From where"], ["destination", "To where"],
];

type Chosen = Partial<Record<RoleName, Word | null>>; /* null: nobody, nothing */

export function Corrector({ claim, send, cancel }: {
  claim: ClaimFull; send: (correction: Omit<Correction, "version">) => void; cancel: () => void;
}) {
  const marks = useMemo(() => partsOf(claim), [claim]);
  const points = useMemo(() => pointsOf(claim.passage.text), [claim]);
  const [role, setRole] = useState<RoleName>("actor");
  const [chosen, setChosen] = useState<Chosen>({});
  const [act, setAct] = useState(claim.act);
  const [modality, setModality] = useState<Modality>(claim.modality);
  const [negative, setNegative] = useState(claim.negative);
  const [from, setFrom] = useState(claim.time?.from ?? "");
  const [to, setTo] = useState(claim.time?.to ?? "");
  const [why, setWhy] = useState("");
  const [refused, setRefused] = useState("");
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>(".chooser")?.focus({ preventScroll: true });
    form.current?.scrollIntoView({ block: "nearest" });
  }, []);

  const spanOf = (word: Word): [number, number] =>
    [points.point(word.from) + claim.passage.from, points.point(word.to) + claim.passage.from];
  const correction = (): Omit<Correction, "version"> => ({
    ...(act !== claim.act && { act }),
    ...(modality !== claim.modality && { modality }),
    ...(negative !== claim.negative && { negative }),
    ...((from || null) !== (claim.time?.from ?? null) || (to || null) !== (claim.time?.to ?? null)
      ? { time: { from: from || to || null, to: to || from || null } } : {}),
    ...(Object.keys(chosen).length > 0 && {
      roles: Object.fromEntries(Object.entries(chosen).map(
        ([name, word]) => [name, word && { spans: [spanOf(word)] }])),
    }),
  });
  const submit = (event: Event) => {
    event.preventDefault();
    const body = correction();
    if (Object.keys(body).length === 0) return setRefused("Nothing is changed yet.");
    if (from && to && from > to) return setRefused("The first day is after the last.");
    send({ ...body, ...(why.trim() && { why: why.trim() }) });
  };
  const words = (name: RoleName) => shownWords(claim, marks, chosen, name);

  return (
    <form class="corrector" ref={form} onSubmit={submit}
      onKeyDown={(event) => { if (event.key === "Escape" && !event.defaultPrevented) cancel(); }}>
      <fieldset class="roles">
        <legend>Whose words do you choose?</legend>
        {ROLES.map(([name, title], i) => (
          <label key={name} class={name === role ? "tab on" : "tab"}>
            <input type="radio" name="role" checked={name === role} onChange={() => setRole(name)} />
            <span><kbd aria-hidden="true">{i + 1}</kbd> {title}</span>
            <bdi class={words(name) ? "" : "faint"}>{words(name) || "not said"}</bdi>
          </label>))}
      </fieldset>
      <WordChooser text={claim.passage.text} label={ROLES.find(([name]) => name === role)![1]}
        chosen={stretchOf(marks, chosen, role)}
        choose={(word) => { setChosen({ ...chosen, [role]: word }); setRefused(""); }}
        classOf={(word) => classOf(marks, word)}
        onDigit={(digit) => setRole(ROLES[digit - 1]?.[0] ?? role)} />
      <div class="chooser-foot">
        <span class="faint">Press the first word, then the last; or draw over them. Keys: arrows, Shift extends.</span>
        <button type="button" onClick={() => setChosen({ ...chosen, [role]: null })}>Nobody and nothing</button>
      </div>
      <div class="fields">
        <ActPicker value={act} choose={setAct} />
        <label>How it is meant
          <select value={modality} onChange={(event) => setModality(event.currentTarget.value as Modality)}>
            {Object.entries(MODALITY).map(([code, words]) => <option key={code} value={code}>{words}</option>)}
          </select>
        </label>
        <label>First day
          <input type="date" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />
        </label>
        <label>Last day
          <input type="date" value={to} onInput={(event) => setTo(event.currentTarget.value)} />
        </label>
        <label class="check">
          <input type="checkbox" checked={negative} onChange={(event) => setNegative(event.currentTarget.checked)} />
          <span>said <em>not</em> to have happened</span>
        </label>
        <label class="across">Why, if it needs saying
          <input type="text" dir="auto" value={why} onInput={(event) => setWhy(event.currentTarget.value)} />
        </label>
      </div>
      {refused && <p class="refusal" role="alert">{refused}</p>}
      <div class="actions">
        <button type="submit" class="main">Correct and accept</button>
        <button type="button" onClick={cancel}>Leave as it was</button>
      </div>
    </form>
  );
}

/* What stands for the role now: what was chosen, else what was read. */
function stretchOf(marks: Mark<Part>[], chosen: Chosen, role: RoleName): Word | null {
  if (chosen[role] !== undefined) return chosen[role]!;
  return marks.find((mark) => mark.of === role) ?? null;
}

function shownWords(claim: ClaimFull, marks: Mark<Part>[], chosen: Chosen, role: RoleName): string {
  const stretch = stretchOf(marks, chosen, role);
  return stretch ? claim.passage.text.slice(stretch.from, stretch.to) : "";
}

function classOf(marks: Mark<Part>[], word: Word): string {
  const on = marks.filter((mark) => mark.from < word.to && mark.to > word.from).map((mark) => mark.of);
  return on.includes("trigger") ? "trigger" : on.includes("sentence") ? "lit" : "dim";
}
