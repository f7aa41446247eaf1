/* The documents of the case; more are added by dropping them here. */
import "../parts/columns.css";
import { useRef, useState } from "preact/hooks";
import { asApiError, change, pulse, upload, useAsk, useSession } from "../api";
import { Said } from "../parts/links";
import { PAGE, Pager } from "../parts/pager";
import { Choice, FindField } from "../parts/sorting";
import { Answer, Empty, Progress } from "../parts/states";
import { day, many, moment, number, unreadLanguage } from "../parts/words";
import { link, useAddress } from "../router";
import { mayChange } from "../shell/reviewer";
import { notify } from "../shell/notices";
import { useStore } from "../store";
import type { DocumentShort, Job, List } from "../types";

export default function Documents() {
  const at = useAddress();
  const session = useSession();
  const query = new URLSearchParams({ limit: String(PAGE) });
  for (const name of ["find", "sort", "offset"])
    if (at.query.get(name)) query.set(name, at.query.get(name)!);
  const asked = useAsk<List<DocumentShort>>(`documents?${query}`);

  return (
    <>
      <div class="view-head"><h1>{asked.value ? many(asked.value.total, "document") : "Documents"}</h1></div>
      {session && !session.read_only && <Adding />}
      <Jobs />
      <div class="toolbar">
        <FindField label="Find by name, title or publisher" />
        <Choice label="Order" name="sort" options={[["name", "by name"], ["-date", "latest first"],
          ["date", "earliest first"], ["-claims", "most claims first"]]} />
      </div>
      <Answer of={asked}>{({ items, total, offset }) => items.length ? (
        <>
          <Table list={items} />
          <Pager total={total} offset={offset} />
        </>) : <Empty><p>{at.query.get("find") ? "No document is called so." : "There are no documents in this case yet. Drop some above."}</p></Empty>}
      </Answer>
    </>
  );
}

function Table({ list }: { list: DocumentShort[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Documents">
      <table class="ledger">
        <thead>
          <tr>
            <th scope="col">Document</th><th scope="col">Publisher</th><th scope="col">Day</th>
            <th scope="col" class="number">Claims</th><th scope="col" class="number">Wait for review</th>
          </tr>
        </thead>
        <tbody>
          {list.map((one) => (
            <tr key={one.id}>
              <td>
                <a href={`/documents/${one.id}`}><Said>{one.title || one.name}</Said></a>
                <div class="names"><Said>{one.title ? one.name : ""}</Said>
                  {one.copy_of && <> <a class="chip" href={`/documents/${one.copy_of}`}>copies another</a></>}
                  {unreadLanguage(one.language) && <> <span class="chip">{unreadLanguage(one.language)}, not read</span></>}</div>
                {one.notes.map((note) => <div key={note} class="names" dir="auto">{note}</div>)}
              </td>
              <td class={one.publisher ? undefined : "none"}>{one.publisher
                ? <a href={link("/search", { publisher: one.publisher })}><Said>{one.publisher}</Said></a>
                : <span class="faint">not known</span>}</td>
              <td class={one.date ? undefined : "none"}>{one.date ? day(one.date) : <span class="faint">not known</span>}</td>
              <td class={one.claims ? "number" : "number none"} data-label={one.claims === 1 ? "claim" : "claims"}>{one.claims
                ? <a href={link("/search", { document: one.id })} aria-label={`${many(one.claims, "claim")} of ${one.title || one.name}`}>{number(one.claims)}</a>
                : <span class="faint">0</span>}</td>
              <td class={one.open ? "number" : "number none"} data-label="for review">{one.open
                ? <a href={link("/review", { document: one.id, order: "document" })} aria-label={`Review ${many(one.open, "claim")} of ${one.title || one.name}`}>{number(one.open)}</a>
                : <span class="faint">0</span>}</td>
            </tr>))}
        </tbody>
      </table>
    </div>
  );
}

/*
 * Files are sent one after the other and become one job with the last: the
 * smallest, which is the least likely to be refused.  Answers which were, why.
 */
async function sendAll(files: NamedFile[], tell: (done: number) => void): Promise<string[]> {
  const batch = `b${Date.now()}`;
  const sorted = [...files].sort((a, b) => b.file.size - a.file.size);
  const refused: string[] = [];

  for (const [i, { name, file }] of sorted.entries()) {
    tell(i);
    const query = new URLSearchParams({ name, batch });
    if (i === sorted.length - 1) query.set("last", "1");
    try {
      await upload(`documents?${query}`, file);
    } catch (error) {
      refused.push(`${name}: ${asApiError(error).message}`);
    }
  }
  return refused;
}

function Adding() {
  const [over, setOver] = useState(false);
  const [sent, setSent] = useState<{ done: number; total: number } | null>(null);
  const [refused, setRefused] = useState<string[]>([]);
  const field = useRef<HTMLInputElement>(null);

  const add = async (files: NamedFile[]) => {
    if (!files.length || !(await mayChange())) return;
    setRefused([]);
    const lost = await sendAll(files, (done) => setSent({ done, total: files.length }));
    setSent(null);
    setRefused(lost);
    if (lost.length < files.length)
      notify(`${many(files.length - lost.length, "file")} sent. Reading them goes on when nobody looks.`);
  };
  const dropped = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    await add(await filesOf(event.dataTransfer));
  };
  const reread = async () => {
    if (!(await mayChange())) return;
    try {
      await change<Job>("jobs", { kind: "reread" });
      notify("All documents are being read again.");
    } catch (error) {
      notify(asApiError(error).message, { bad: true });
    }
  };

  return (
    <section class={over ? "drop over screen-only" : "drop screen-only"} aria-label="Add documents"
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)} onDrop={(event) => void dropped(event)}>
      {sent
        ? <Progress done={sent.done} total={sent.total} words={`Sending ${sent.done + 1} of ${sent.total}`} />
        : (
          <>
            <p>Drop files or folders here to add them to the case.</p>
            <div class="actions">
              <button type="button" class="main" onClick={() => field.current?.click()}>Choose files</button>
              <button type="button" onClick={() => void reread()}>Read all again</button>
            </div>
            <p class="faint cramped">Texts, web pages, PDF, office files, books, mail, saved sites, tables, feeds, subtitles, and archives of these. “Read all again” is for when the tables of words changed.</p>
            <input ref={field} class="unseen" type="file" multiple tabIndex={-1} aria-label="Files to add"
              onChange={(event) => {
                const files = [...(event.currentTarget.files ?? [])].map((file) => ({ name: file.name, file }));
                event.currentTarget.value = "";
                void add(files);
              }} />
          </>)}
      {refused.length > 0 && (
        <div class="refusal" role="alert">
          <p>{many(refused.length, "file")} could not be sent:</p>
          <ul>{refused.map((words) => <li key={words} dir="auto">{words}</li>)}</ul>
        </div>)}
    </section>
  );
}

interface NamedFile { name: string; file: File }

/* All files that were dropped, those of folders with their path. */
async function filesOf(dropped: DataTransfer | null): Promise<NamedFile[]> {
  return (await Promise.all([...(dropped?.items ?? [])].map(filesOfItem))).flat();
}

async function filesOfItem(item: DataTransferItem): Promise<NamedFile[]> {
  const entry = item.webkitGetAsEntry();
  const file = entry ? null : item.getAsFile();

  return entry ? filesBelow(entry) : file ? [{ name: file.name, file }] : [];
}

async function filesBelow(entry: FileSystemEntry): Promise<NamedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((found, lost) => (entry as FileSystemFileEntry).file(found, lost));
    return [{ name: entry.fullPath.replace(/^\//, ""), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: NamedFile[] = [];
  for (;;) { /* a reader gives some at a time, and none at its end */
    const some = await new Promise<FileSystemEntry[]>((read, lost) => reader.readEntries(read, lost));
    if (!some.length) return found;
    for (const one of some) found.push(...(await filesBelow(one)));
  }
}

const JOB = { read: "Reading documents", reread: "Reading all documents again", prepare: "Preparing the case" } as const;
const STATE = { waiting: "waits", running: "runs", done: "done", failed: "failed", stopped: "stopped" } as const;

function Jobs() {
  const at = useAddress();
  const jobs = (useStore(pulse)?.jobs ?? []).filter((job) => job.kind !== "prepare" || job.state !== "done");
  const shown = at.query.has("jobs") ? jobs : jobs.slice(0, 3);

  if (!jobs.length) return null;
  return (
    <section class="panel kin" aria-labelledby="jobs">
      <h2 id="jobs">What runs, and what ran</h2>
      <ul class="jobs">{shown.map((job) => <JobLine key={job.id} job={job} />)}</ul>
      {jobs.length > shown.length && <a class="more" href={link("/documents", { jobs: "all" })}>All {jobs.length}</a>}
    </section>
  );
}

function JobLine({ job }: { job: Job }) {
  const goes = job.state === "running" || job.state === "waiting";
  const stop = async () => {
    if (!(await mayChange())) return;
    try {
      await change(`jobs/${job.id}/stop`, {});
    } catch (error) {
      notify(asApiError(error).message, { bad: true });
    }
  };

  return (
    <li>
      <header>
        <strong>{JOB[job.kind]}</strong> <span class="chip">{STATE[job.state]}</span>
        {job.ended && <span class="faint">{moment(job.ended)}</span>}
        {goes && <div class="actions"><button type="button" onClick={() => void stop()}>Stop<span class="unseen">: {JOB[job.kind]}</span></button></div>}
      </header>
      {goes && <Progress done={job.done} total={job.total} words={job.words ?? ""} />}
      {job.failures.length > 0 && (
        <details class="failures" open={job.failures.length <= 10}>
          <summary>{many(job.failures.length, "document")} could not be read</summary>
          <ul>{job.failures.map((words, i) => <li key={i} dir="auto">{words}</li>)}</ul>
        </details>)}
    </li>
  );
}
