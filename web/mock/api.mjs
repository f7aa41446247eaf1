/*
 * api.mjs - answers docs/api.md from the invented case.
 *
 * Options: --empty, --preparing, --read-only, --slow MS, --size DOCUMENTS,
 * --conflicts. No token is asked for, all is forgotten at the end; with
 * --conflicts every fifth decision finds that somebody else was faster.
 */
import { parseArgs } from "node:util";
import { acts, chosen, decide, facets, makeCase, map, reckon, record,
  day, timeline } from "./case.mjs";
import * as show from "./shapes.mjs";

const known = {
  size: { type: "string", default: "160" },
  slow: { type: "string", default: "0" },
  port: { type: "string", default: "7171" },
  empty: { type: "boolean" }, preparing: { type: "boolean" },
  "read-only": { type: "boolean" }, conflicts: { type: "boolean" },
};
const words = process.env.MOCK?.split(" ").filter(Boolean)
  ?? process.argv.slice(2);
export const { values: options } =
  parseArgs({ args: words, options: known, strict: false });
const held = makeCase({ empty: options.empty,
  size: Number(options.size) });
const state = { reviewer: null, decisions: 0, undo: [], batches: new Map() };

class Refusal extends Error {
  constructor(status, code, message, current) {
    super(message);
    Object.assign(this, { status, code, current });
  }
}
const missing = (id) => new Refusal(404, "not-found", `there is no ${id}`);
const need = (list, id) => {
  const found = list.find((x) => x.id === id || x.was?.includes(id));
  if (!found) throw missing(id);
  return found;
};

function page(list, query, shape) {
  const offset = Number(query.get("offset") ?? 0);
  const limit = Math.min(200, Number(query.get("limit") ?? 50));
  return { total: list.length, offset,
    items: list.slice(offset, offset + limit).map((x) => shape(held, x)) };
}

const by = (key, down) => (a, b) => {
  const [x, y] = [key(a), key(b)];
  return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
};

function sortBy(list, query, sorts, fallback) {
  const asked = query.get("sort") ?? fallback;
  const key = sorts[asked.replace(/^-/, "")];
  return key ? [...list].sort(by(key, asked.startsWith("-"))) : list;
}

const claimSorts = { time: day, confidence: (c) => c.confidence,
  support: (c) => c.event.support };
const eventsOf = (query) =>
  [...new Set(chosen(held, query).map((c) => c.event))];

function queue(query) {
  if (!query.has("verdict")) query.set("verdict", "open");
  const order = query.get("order") ?? "confidence";
  const keys = { confidence: (c) => c.confidence, document: (c) => c.n,
    act: (c) => c.act, party: (c) => c.roles.target?.name ?? "~" };
  const list = chosen(held, query).sort(by(keys[order]));
  const after = query.get("after");
  const at = list.findIndex((c) => c.id === after) + 1;
  const claim = list[at] ?? (after ? list[0] : undefined);
  if (!claim || claim.id === after) return null;
  return { ...show.claimFull(held, claim), remaining: list.length,
    next: list[at + 1]?.id ?? null };
}

function search(query) {
  const words = (query.get("words") ?? "").toLowerCase()
    .match(/"[^"]+"|\S+/g)?.map((w) => w.replaceAll('"', "")) ?? [];
  const hits = [];
  for (const d of held.documents) {
    d.sentences.forEach(([from, to]) => {
      const sentence = [...d.text].slice(from, to).join("");
      const lower = sentence.toLowerCase();
      if (!words.length || !words.every((w) => lower.includes(w))) return;
      hits.push({ document: show.documentName(d), from, sentence,
        words: words.map((w) => {
          const at = [...lower.slice(0, lower.indexOf(w))].length;
          return [at, at + [...w].length];
        }),
        claims: d.claims.filter((c) => c.span[0] === from)
          .map((c) => c.id) });
    });
  }
  return page(hits, query, (_, x) => x);
}

function find(list, query, text) {
  const words = query.get("find")?.toLowerCase();
  return words
    ? list.filter((x) => text(x).toLowerCase().includes(words)) : list;
}

const partyTexts = (p) => [...p.names.keys()].join(" ");

function listParties(query) {
  const kinds = query.getAll("kind");
  const list = find(held.parties, query, partyTexts)
    .filter((p) => !kinds.length || kinds.includes(p.kind));
  const counts = (f) => (p) => f(show.counts(held, p));
  return page(sortBy(list, query, { name: (p) => p.name,
    documents: (p) => p.documents.size, acting: counts((c) => c.acting),
    suffering: counts((c) => c.suffering), saying: counts((c) => c.saying),
  }, "-documents"), query, show.party);
}

const reading = {
  session: () => ({
    version: "0.9", reviewer: state.reviewer, prepared: !options.preparing,
    case: { name: "meridian", path: "/home/mara/meridian.case",
      documents: held.documents.length, claims: held.claims.length,
      events: held.events.length },
    read_only: !!options["read-only"], revision: held.revision, acts }),
  pulse: () => ({ revision: held.revision, prepared: !options.preparing,
    jobs: held.jobs }),
  overview: () => show.overview(held),
  claims: (q) => page(sortBy(chosen(held, q), q, claimSorts, "document"), q,
    show.claim),
  "claims/:": (q, id) => show.claimFull(held, need(held.claims, id)),
  "claims/:/history": (q, id) =>
    ({ items: held.records.filter((r) => r.claim === id) }),
  facets: (q) => facets(held, q),
  timeline: (q) => timeline(chosen(held, q).map(day)),
  map: (q) => map(held, chosen(held, q)),
  queue,
  agreement: () => show.agreement(held),
  documents: (q) => page(sortBy(find(held.documents, q,
    (d) => `${d.name} ${d.title} ${d.publisher}`), q, { name: (d) => d.name,
    date: (d) => d.date, claims: (d) => d.claims.length }, "name"),
  q, show.documentShort),
  "documents/:": (q, id) => show.documentFull(held, need(held.documents, id)),
  parties: listParties,
  "parties/:": (q, id) => show.partyFull(held, need(held.parties, id)),
  "parties/:/ties": (q, id) => show.ties(held, need(held.parties, id)),
  "parties/:/compare": (q, id) => show.comparison(held,
    need(held.parties, id), need(held.parties, q.get("with"))),
  proposals: (q) => page(show.proposals(held, q.get("kind")), q, (_, x) => x),
  sources: (q) => page(find(show.sources(held), q, (s) => s.name), q,
    (_, s) => s),
  "sources/:": (q, id) => {
    const source = show.sources(held).find((s) => s.id === id);
    if (!source) throw missing(id);
    return show.sourceFull(held, source);
  },
  events: (q) => page(sortBy(eventsOf(q), q, { support: (e) => -e.support,
    time: (e) => day(e.lead), claims: (e) => e.claims.length }, "support"), q,
  show.event),
  "events/:": (q, id) => show.eventFull(held, need(held.events, id)),
  search,
  jobs: () => ({ items: held.jobs }),
  "claims.json": (q) => chosen(held, q).map((c) => show.claim(held, c)),
  "events.json": (q) => eventsOf(q).map((e) => show.event(held, e)),
  "claims.csv": (q) => csv(chosen(held, q), { id: (c) => c.id,
    act: (c) => c.act, sentence: (c) => c.sentence }),
  "events.csv": (q) => csv(eventsOf(q), { id: (e) => e.id,
    act: (e) => e.lead.act, claims: (e) => e.claims.length }),
};

function csv(list, columns) {
  const cell = (x) => `"${String(x).replaceAll('"', '""')}"`;
  const rows = list.map((x) => Object.values(columns).map((f) => cell(f(x))));
  return [Object.keys(columns), ...rows].map((r) => r.join(",") + "\r\n")
    .join("");
}

function seen(claim, version) {
  const unlucky = options.conflicts && ++state.decisions % 5 === 0;
  if (unlucky) decide(held, claim, "rejected", "Tomas Reyk", "hearsay");
  if (version !== claim.version) {
    throw new Refusal(409, "conflict", "Somebody else decided meanwhile.",
      show.claimFull(held, claim));
  }
}

const changing = {
  session: (b) => {
    if (!b.reviewer?.trim()) {
      throw new Refusal(400, "bad-request", "A reviewer needs a name.");
    }
    state.reviewer = b.reviewer.trim();
    return reading.session();
  },
  "session/links": () =>
    ({ url: `http://127.0.0.1:${options.port}/?token=3f9c2a` }),
  "session/end": () => ({}),
  "claims/:/decision": (b, id) => {
    const claim = need(held.claims, id);
    seen(claim, b.version);
    if (b.verdict === "rejected" && !b.why) {
      throw new Refusal(400, "bad-request", "Say why it is rejected.");
    }
    const before = claim.verdict;
    const r = decide(held, claim, b.verdict, state.reviewer, b.why, false);
    state.undo.push({ claim, before, record: r });
    return show.claimFull(held, claim);
  },
  "claims/:/correction": (b, id) => {
    const old = need(held.claims, id);
    seen(old, b.version);
    const claim = show.corrected(held, old, b);
    decide(held, claim, "confirmed", state.reviewer, b.why, false);
    record(held, { what: "correction", who: state.reviewer, claim: claim.id,
      words: `corrected ${id}` });
    return show.claimFull(held, claim);
  },
  "claims/:/note": (b, id) => {
    const claim = need(held.claims, id);
    claim.notes.push({ text: b.text, who: state.reviewer,
      at: new Date().toISOString() });
    claim.marks.add("noted");
    record(held, { what: "note", who: state.reviewer, claim: id,
      words: b.text });
    return show.claimFull(held, claim);
  },
  "claims/:/second": (b, id) => {
    const claim = need(held.claims, id);
    claim.second = b.asked ? state.reviewer : null;
    claim.marks[b.asked ? "add" : "delete"]("second");
    record(held, { what: "second", who: state.reviewer, claim: id,
      words: b.asked ? "a second reader is asked for" : "no longer asked" });
    return show.claimFull(held, claim);
  },
  "claims/bulk": (b) => {
    const open = chosen(held, new URLSearchParams(b.filter))
      .filter((c) => c.verdict === "open");
    if (open.length > b.most) {
      throw new Refusal(409, "conflict", `There are ${open.length} by now.`);
    }
    open.forEach((c) => decide(held, c, b.verdict, state.reviewer, b.why,
      true));
    return { decided: open.length };
  },
  undo: () => {
    const last = state.undo.pop();
    if (!last) throw new Refusal(404, "not-found", "There is nothing to undo.");
    decide(held, last.claim, last.before, state.reviewer, "undone", false);
    last.record.undone = true;
    return { undone: last.record, claim: show.claimFull(held, last.claim) };
  },
  "parties/merge": (b) => show.mergeParties(held, need(held.parties, b.one),
    need(held.parties, b.other), b.why, state.reviewer),
  "parties/split": (b) => show.splitParty(held, need(held.parties, b.party),
    b.mentions, b.why, state.reviewer),
  "rulings/undo": (b) => {
    const r = held.records.find((x) => x.id === b.ruling);
    if (!r) throw missing(`ruling ${b.ruling}`);
    r.undone = true;
    held.revision++;
    return r;
  },
  "events/merge": (b) => {
    const [one, other] = [b.one, b.other].map((id) => need(held.events, id));
    one.claims.push(...other.claims);
    one.was = [...(one.was ?? []), other.id];
    held.events = held.events.filter((e) => e !== other);
    reckon(one);
    record(held, { what: "ruling", who: state.reviewer,
      words: `${one.id} and ${other.id} are one event` });
    return show.eventFull(held, one);
  },
  "events/split": (b) => {
    const one = need(held.events, b.event);
    const other = { claims: one.claims.filter((c) => b.claims.includes(c.id)) };
    one.claims = one.claims.filter((c) => !other.claims.includes(c));
    [one, other].forEach(reckon);
    held.events.push(other);
    record(held, { what: "ruling", who: state.reviewer,
      words: `${other.id} is another event than ${one.id}` });
    return { one: show.eventFull(held, one),
      other: show.eventFull(held, other) };
  },
  jobs: (b) => startJob(b.kind, held.documents.length, []),
  "jobs/:/stop": (b, id) => {
    const job = need(held.jobs, id);
    job.state = "stopped";
    return job;
  },
};

function startJob(kind, total, failures) {
  const job = { id: `j${held.jobs.length + 1}`, kind, state: "running",
    done: 0, total, words: "reading", started: new Date().toISOString(),
    ended: null, failures };
  held.jobs.unshift(job);
  held.revision++;
  const step = setInterval(() => {
    if (job.state === "running") {
      job.done = Math.min(total, job.done + Math.max(1, total / 20 | 0));
      if (job.done === total) job.state = "done";
    }
    if (job.state === "running") return;
    clearInterval(step);
    job.ended = new Date().toISOString();
    held.revision++;
  }, 400);
  return job;
}

function uploaded(query) {
  const batch = query.get("batch") ?? "b";
  const names = state.batches.get(batch) ?? [];
  state.batches.set(batch, [...names, query.get("name")]);
  if (query.get("last") !== "1") {
    return { batch, files: names.length + 1 };
  }
  const all = state.batches.get(batch);
  state.batches.delete(batch);
  return startJob("read", all.length, all.filter((n) => /\.(pdf|exe)$/.test(n))
    .map((n) => `${n}: not a text that can be read`));
}

/* "claims/c12/history" is asked of the entry "claims/:/history". */
function entryOf(table, path) {
  const parts = path.split("/");
  const exact = table[path];
  if (exact) return [exact, null];
  const id = decodeURIComponent(parts[1] ?? "");
  return [table[[parts[0], ":", ...parts.slice(2)].join("/")], id];
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

async function answer(request, path, query) {
  if (options.preparing && !["session", "pulse", "jobs"].includes(path)) {
    throw new Refusal(503, "preparing", "The case is being prepared.");
  }
  if (request.method === "GET") {
    const [entry, id] = entryOf(reading, path);
    if (!entry) throw missing(path);
    return entry(query, id);
  }
  if (options["read-only"] && path !== "session") {
    throw new Refusal(403, "read-only", "This case is shown to be read only.");
  }
  if (path !== "session" && !state.reviewer) {
    throw new Refusal(403, "forbidden", "Say first who you are.");
  }
  const body = await bodyOf(request);
  if (path === "documents") return uploaded(query);
  const [entry, id] = entryOf(changing, path);
  if (!entry) throw missing(path);
  return entry(JSON.parse(body || "{}"), id);
}

/* Answers one request below /api/v1/. */
export async function api(request, response) {
  const url = new URL(request.url, "http://127.0.0.1");
  let [status, value] = [200, null];
  try {
    value = await answer(request, url.pathname.slice(8), url.searchParams);
    if (value === null) status = 204;
  } catch (e) {
    const [code, message] = [e.code ?? "broken", e.message];
    status = e.status ?? 500;
    value = { error: { code, message }, current: e.current };
    if (status === 500) console.error(e);
  }
  await new Promise((done) => setTimeout(done, Number(options.slow)));
  const text = typeof value === "string";
  response.writeHead(status, {
    "Content-Type": text ? "text/csv" : "application/json" });
  response.end(status === 204 ? undefined
    : text ? value : JSON.stringify(value));
}
