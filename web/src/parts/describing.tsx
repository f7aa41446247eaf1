/* What a document is, said by somebody who knows it better than it was read. */
import { useState } from "preact/hooks";
import { ApiError, asApiError, change } from "../api";
import { notify } from "../shell/notices";
import type { DescribedField, DocumentFull } from "../types";
import { Dialog } from "./dialog";

const FIELDS: { field: DescribedField; words: string; hint?: string; most: number }[] = [
  { field: "title", words: "Title", most: 500 },
  { field: "date", words: "Day it was put out", hint: "2012-02-21", most: 10 },
  { field: "publisher", words: "Publisher", most: 500 },
  { field: "url", words: "Address", hint: "https://", most: 2000 },
  { field: "language", words: "Language", hint: "en", most: 3 },
];

type Values = Record<DescribedField, string>;

function valuesOf(document: DocumentFull): Values {
  const { title, date, publisher, url, language } = document;
  return { title: title ?? "", date: date ?? "", publisher: publisher ?? "", url: url ?? "", language: language ?? "" };
}

/* What differs; an empty field says that it is not known. */
function changes(before: Values, now: Values): Partial<Record<DescribedField, string | null>> {
  return Object.fromEntries(FIELDS.map(({ field }) => field)
    .filter((field) => now[field].trim() !== before[field])
    .map((field) => [field, now[field].trim() || null]));
}

export function Describing({ document, close, done }: {
  document: DocumentFull; close: () => void; done: (now: DocumentFull) => void;
}) {
  const [now, setNow] = useState(() => valuesOf(document));
  const [why, setWhy] = useState("");
  const [refused, setRefused] = useState("");
  const [busy, setBusy] = useState(false);
  const said = changes(valuesOf(document), now);

  const send = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      done(await change<DocumentFull>(`documents/${document.id}/description`,
        { version: document.description_version, ...said, why: why.trim() || null }));
      notify("Kept. Lists and filters follow when the case is counted anew.");
      close();
    } catch (error) {
      const { message, current } = asApiError(error) as ApiError;
      setRefused(message);
      if (current) done(current as DocumentFull);
    }
    setBusy(false);
  };
  return (
    <Dialog title="What is this document?" close={close}>
      <form onSubmit={(event) => void send(event)}>
        <p>What attest read stays; what you say holds instead. An empty field is one that is not known.</p>
        {FIELDS.map(({ field, words, hint, most }, i) => (
          <label key={field}>{words}
            <input type="text" dir="auto" name={field} autofocus={i === 0} maxLength={most} placeholder={hint}
              value={now[field]} onInput={(event) => setNow({ ...now, [field]: event.currentTarget.value })} />
          </label>))}
        <label>Why
          <input type="text" dir="auto" name="why" maxLength={500} value={why}
            onInput={(event) => setWhy(event.currentTarget.value)} />
        </label>
        {refused && <p class="refusal" role="alert">{refused}</p>}
        <div class="actions">
          <button type="submit" class="main" disabled={busy || Object.keys(said).length === 0}>Keep it</button>
          <button type="button" onClick={close}>Not now</button>
        </div>
      </form>
    </Dialog>
  );
}
