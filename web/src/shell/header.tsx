/* Where one is, where one can go, and what runs. */
import { useState } from "preact/hooks";
import { pulse, useSession } from "../api";
import { go, link, useAddress } from "../router";
import { useStore } from "../store";
import { helpShown } from "./help";
import { look, setLook, type Look } from "./look";
import { askReviewer } from "./reviewer";

const PLACES: [path: string, words: string, also?: string][] = [
  ["/", "Overview"], ["/documents", "Documents"], ["/review", "Review", "/agreement"],
  ["/people", "People", "/proposals"], ["/events", "Events"], ["/sources", "Sources"],
  ["/timeline", "Timeline"], ["/map", "Map"],
];

export function Header() {
  const session = useSession();
  const { path } = useAddress();
  const [open, setOpen] = useState(false);

  const isHere = (place: string, also?: string) =>
    path === place || path === also || (place !== "/" && path.startsWith(`${place}/`));
  return (
    <header class="head">
      <a class="brand" href="/">attest</a>
      {session && <span class="case-name" title={session.case.path}><bdi>{session.case.name}</bdi></span>}
      <button type="button" class="menu" aria-expanded={open} aria-controls="places"
        onClick={() => setOpen(!open)}>Menu</button>
      <nav id="places" class={open ? "open" : undefined} aria-label="Pages"
        onClick={() => setOpen(false)}>
        {PLACES.map(([place, words, also]) => (
          <a key={place} href={place} aria-current={isHere(place, also) ? "page" : undefined}>{words}</a>))}
      </nav>
      <SearchField />
      <div class="tools">
        <Running />
        {session && !session.read_only && (
          <button type="button" class="plain" onClick={() => void askReviewer()}>
            {session.reviewer ? <bdi>{session.reviewer}</bdi> : "Who are you?"}
          </button>)}
        {session?.read_only && <span class="chip">reading only</span>}
        <LookSwitch />
        <button type="button" class="plain" aria-label="Keys and help" onClick={() => helpShown.put(true)}>?</button>
      </div>
    </header>
  );
}

function SearchField() {
  const at = useAddress();
  const words = at.path === "/search" ? at.query.get("text") ?? "" : "";

  return (
    <form role="search" class="find" onSubmit={(event) => {
      event.preventDefault();
      const given = new FormData(event.currentTarget).get("words");
      go(link("/search", { text: String(given ?? "").trim() }));
    }}>
      <input id="search-words" key={words} name="words" type="search" dir="auto"
        aria-label="Search the sentences" placeholder="Search" defaultValue={words} />
    </form>
  );
}

function Running() {
  const job = useStore(pulse)?.jobs.find((one) => one.state === "running");

  if (!job) return null;
  return (
    <a class="running" href="/documents">
      <progress value={job.total ? job.done : undefined} max={job.total || 1} aria-label={job.words} />
      <span>{job.total ? `${Math.floor(100 * job.done / job.total)} %` : "…"}</span>
    </a>
  );
}

const NEXT: Record<Look, Look> = { system: "light", light: "dark", dark: "system" };
const SIGN: Record<Look, string> = { system: "◐", light: "○", dark: "●" };

function LookSwitch() {
  const now = useStore(look);
  const words = `Look: ${now === "system" ? "as the system has it" : now}. Change to ${NEXT[now]}`;

  return (
    <button type="button" class="plain" title={words} aria-label={words}
      onClick={() => setLook(NEXT[now])}>{SIGN[now]}</button>
  );
}
