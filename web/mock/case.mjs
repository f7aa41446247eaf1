/*
 * case.mjs - the invented documents as a case: claims, events, parties.
 *
 * The shapes are those of docs/api.md; what is reckoned here only needs to
 * look right. Everything is kept in memory and forgotten at the end.
 */
import { readFileSync } from "node:fs";
import { handwritten, parties as known, patterned, places }
  from "./fiction.mjs";

const ROLES = ["actor", "target", "place", "origin", "destination"];

export const acts = readFileSync(
  new URL("../../lexicon/acts.tsv", import.meta.url), "utf8")
  .split("\n").filter((line) => line && !line.startsWith("#")).slice(1)
  .map((line) => line.split("\t"))
  .filter(([code]) => code.includes("."))
  .map(([code, label, covers]) =>
    ({ code, label, family: code.split(".")[0], covers }));

const labelOf = new Map(acts.map((a) => [a.code, a.label]));

/* UTF-16 to code points, for the positions of a document's text. */
const points = (text, at) => [...text.slice(0, at)].length;

export function makeCase({ empty = false, size = 160 } = {}) {
  const held = {
    documents: [], claims: [], parties: [], mentions: [], events: [],
    records: [], rulings: [], jobs: [], revision: 1,
  };
  if (empty) return held;
  const texts = [...handwritten, ...patterned(size)];
  texts.forEach((t) => addDocument(held, t));
  joinEvents(held);
  sortParties(held);
  return held;
}

function addDocument(held, given) {
  const id = `d${held.documents.length + 1}`;
  const doc = { ...given, id, sentences: [], claims: [], text: "",
    copyOf: held.documents.find((d) => d.name === given.copies)?.id ?? null };
  let text = `${given.title}\n\n`;
  for (const [words, ...told] of given.sentences) {
    const start = text.length;
    text += words;
    doc.sentences.push([start, text.length, told]);
    text += /\.txt$/.test(given.name) ? "\n\n" : " ";
  }
  doc.text = text;
  held.documents.push(doc);
  doc.sentences = doc.sentences.map(([from, to, told]) => {
    const words = text.slice(from, to);
    doc.spot = (part) => {
      const at = words.indexOf(part);
      if (at < 0) return null;
      return [[points(text, from + at), points(text, from + at + part.length)]];
    };
    const span = [points(text, from), points(text, to)];
    told.forEach((t) => addClaim(held, doc, words, span, t));
    return span;
  });
}

function partyOf(held, key, doc, words, spans) {
  if (!key) return null;
  let p = held.parties.find((q) => q.key === key);
  if (!p) {
    const [kind, ...names] = known[key]
      ?? [key.startsWith("place:") ? "place" : "person", key.split(":")[1]];
    p = { key, kind, names: new Map(names.map((n) => [n, []])),
      id: `p${held.mentions.length + 1}`, name: names[0] };
    held.parties.push(p);
  }
  const name = [...p.names.keys()].find((n) => words.includes(n)) ?? p.name;
  const mention = { id: `p${held.mentions.length + 1}`, party: p,
    document: doc, name, spans };
  held.mentions.push(mention);
  p.names.get(name).push(mention);
  return p;
}

function role(held, doc, written, what) {
  if (!written) return null;
  let [text, key] = written.split("=");
  if (text.startsWith("<img")) [text, key] = [written, null];
  if (written.includes("onerror")) {
    [text, key] = [written.slice(0, written.lastIndexOf("=")), "markup"];
  }
  if (what === "place" && !key) {
    key = Object.keys(known).find((k) => known[k][1] === text)
      ?? `place:${text}`;
  }
  const spans = doc.spot(text) ?? [];
  const party = partyOf(held, key, doc, text, spans);
  return { text, name: party?.name ?? null, party: party?.id ?? null, spans };
}

function addClaim(held, doc, sentence, span, told) {
  const n = held.claims.length + 1;
  const chain = (told.by ?? []).map((link) => {
    const [source, cue] = link.split("|");
    const r = role(held, doc, source, "source");
    return { id: r.party ?? `n:${r.text}`, name: r.name ?? r.text,
      text: r.text, cue, spans: r.spans, cue_spans: doc.spot(cue) ?? [] };
  });
  const roles = Object.fromEntries(
    ROLES.map((r) => [r, role(held, doc, told[r], r)]));
  const [timeText, from, to] = told.time ?? ["", null, null];
  const source = chain.at(-1)
    ?? { id: `n:${doc.publisher}`, name: doc.publisher };
  const claim = {
    n, id: `c${n}`, doc, sentence, span, act: told.act, version: 1,
    label: labelOf.get(told.act), family: told.act.split(".")[0],
    trigger: { text: told.word, spans: doc.spot(told.word) ?? [] },
    roles, chain, source: { id: source.id, name: source.name },
    time: timeText
      ? { text: timeText, from, to, spans: doc.spot(timeText) ?? [] } : null,
    count: told.count ? { value: told.count[0], compare: told.count[1],
      of: told.count[2], unit: null, text: String(told.count[0]),
      spans: doc.spot(String(told.count[0])) ?? [] } : null,
    modality: told.modality ?? "asserted", negative: false,
    confidence: told.confidence, verdict: "open", marks: new Set(),
    readers: [], notes: [], second: null, key: told.event ?? `own${n}`,
    replaces: null, replacedBy: null,
  };
  const roll = (n * 2654435761) % 100;
  if (n > 60 && roll < 22) {
    decide(held, claim, roll < 18 ? "confirmed" : "rejected", "Mara Lind",
      roll < 18 ? null : "the actor is not said", roll % 3 === 0);
    if (roll < 14) decide(held, claim, "confirmed", "Tomas Reyk", null, false);
  }
  doc.claims.push(claim);
  held.claims.push(claim);
}

/* A decision is a record; the last one of a reader counts. */
export function decide(held, claim, verdict, who, why, bulk) {
  claim.version++;
  claim.verdict = verdict;
  claim.readers = claim.readers.filter((r) => r.name !== who);
  const at = `2026-03-0${1 + (claim.n % 9)}T10:${10 + (claim.n % 50)}:00Z`;
  if (verdict !== "open") {
    claim.readers.push({ name: who, verdict, why: why || null, at, bulk });
  }
  if (bulk) claim.marks.add("bulk");
  return record(held, { what: "decision", who, at, verdict, bulk,
    words: why ? `${verdict}: ${why}` : verdict, claim: claim.id });
}

export function record(held, given) {
  const r = { id: held.records.length + 1, verdict: null, bulk: false,
    claim: null, undone: false, at: new Date().toISOString(), ...given };
  held.records.push(r);
  held.revision++;
  return r;
}

function joinEvents(held) {
  const byKey = new Map();
  for (const c of held.claims) {
    if (!byKey.has(c.key)) byKey.set(c.key, []);
    byKey.get(c.key).push(c);
  }
  held.events = [...byKey.values()].map((claims) => ({ claims }));
  held.events.forEach((e) => reckon(e));
}

export function reckon(event) {
  const { claims } = event;
  event.id = `e${claims[0].n}`;
  claims.forEach((c) => { c.event = event; });
  const lead = claims.find((c) => c.modality !== "denied") ?? claims[0];
  event.lead = lead;
  const voices = new Map();
  for (const c of claims) {
    const id = c.source.id;
    if (!voices.has(id)) voices.set(id, { ...c.source, claims: [] });
    voices.get(id).claims.push(c);
  }
  event.voices = [...voices.values()].map((v) => ({ ...v,
    denies: v.claims[0].modality === "denied" }));
  event.support = event.voices.filter((v) => !v.denies).length;
  event.deniers = event.voices.length - event.support;
  const several = (list) => new Set(list.filter(Boolean)).size > 1;
  event.contests = [
    event.deniers && event.support && "denied",
    several(claims.map((c) => c.count?.value)) && "figures",
    several(claims.map((c) => c.time?.from)) && "days",
    several(claims.map((c) => c.roles.actor?.party)) && "actors",
  ].filter(Boolean);
}

function sortParties(held) {
  for (const p of held.parties) {
    p.documents = new Set(held.mentions.filter((m) => m.party === p)
      .map((m) => m.document.id));
  }
}

export const day = (c) => c.time?.from ?? c.doc.date;
export const supportOf = (e) =>
  e.contests.length ? "contested" : e.support === 0 ? "denied"
    : e.support === 1 ? "single" : "several";

/* Each filter: does the claim have one of the values? */
const named = (who, value) => who && (who.party === value
  || (!/^p\d+$/.test(value)
    && `${who.name ?? ""} ${who.text}`.toLowerCase()
      .includes(value.toLowerCase())));
const spots = (c) => ["place", "origin", "destination"]
  .map((r) => c.roles[r]);
const tests = {
  act: (c, v) => c.act === v || c.family === v,
  actor: (c, v) => named(c.roles.actor, v),
  target: (c, v) => named(c.roles.target, v),
  party: (c, v) => named(c.roles.actor, v) || named(c.roles.target, v),
  place: (c, v) => spots(c).some((r) => named(r, v)),
  source: (c, v) => c.source.id === v || c.source.name === v
    || (!/^(p\d|n:)/.test(v) && c.source.name.toLowerCase()
      .includes(v.toLowerCase())),
  publisher: (c, v) => c.doc.publisher === v,
  document: (c, v) => c.doc.id === v,
  event: (c, v) => c.event.id === v || c.event.was?.includes(v),
  modality: (c, v) => c.modality === v,
  verdict: (c, v) => c.verdict === v,
  support: (c, v) => supportOf(c.event) === v,
  mark: (c, v) => c.marks.has(v),
  since: (c, v) => (c.time?.to ?? day(c)) >= v,
  until: (c, v) => day(c) <= v,
  text: (c, v) => (v.match(/"[^"]+"|\S+/g) ?? []).every((w) =>
    c.sentence.toLowerCase().includes(w.replaceAll('"', "").toLowerCase())),
  confidence: (c, v) => {
    const [low, high] = v.split("-").map(Number);
    return c.confidence >= low && c.confidence <= high;
  },
};

export function chosen(held, query, but = null) {
  const asked = Object.keys(tests).filter((k) => k !== but && query.has(k));
  return held.claims.filter((c) => !c.replacedBy && asked.every((k) =>
    query.getAll(k).some((v) => tests[k](c, v))));
}

export function facets(held, query) {
  const of = (role) => (c) => c.roles[role]?.party
    && [[c.roles[role].party, c.roles[role].name]];
  const plain = (f) => (c) => [f(c)].flat().filter(Boolean).map((v) => [v, v]);
  const all = {
    act: (c) => [[c.act, c.label]],
    family: plain((c) => c.family), actor: of("actor"), target: of("target"),
    source: (c) => [[c.source.id, c.source.name]], place: of("place"),
    publisher: plain((c) => c.doc.publisher),
    modality: plain((c) => c.modality), verdict: plain((c) => c.verdict),
    support: plain((c) => supportOf(c.event)),
    mark: plain((c) => [...c.marks]),
  };
  const only = query.get("facet");
  const words = query.get("find")?.toLowerCase();
  const most = Number(query.get("limit") ?? 12);
  const out = {};
  for (const [name, values] of Object.entries(all)) {
    if (only && only !== name) continue;
    const key = name === "family" ? "act" : name;
    const seen = new Map();
    for (const c of chosen(held, query, key)) {
      for (const [value, label] of values(c) || []) {
        const s = seen.get(value)
          ?? { value, label, count: 0,
            chosen: query.getAll(key).includes(value) };
        s.count++;
        seen.set(value, s);
      }
    }
    const sorted = [...seen.values()].sort((a, b) => b.count - a.count);
    out[name] = sorted
      .filter((s) => !words || s.label.toLowerCase().includes(words))
      .filter((s, i) => i < most || s.chosen);
  }
  return { total: chosen(held, query).length, facets: out };
}

export function timeline(days, undated = 0) {
  const sorted = days.filter(Boolean).sort();
  if (!sorted.length) {
    return { unit: "year", buckets: [], undated, first: null, last: null };
  }
  const [first, last] = [sorted[0], sorted.at(-1)];
  const years = last.slice(0, 4) - first.slice(0, 4);
  const unit = years > 30 ? "year" : years > 0 ? "month" : "day";
  const width = { year: 4, month: 7, day: 10 }[unit];
  const counts = new Map();
  sorted.forEach((d) => {
    const k = d.slice(0, width);
    counts.set(k, (counts.get(k) ?? 0) + 1);
  });
  const buckets = [...counts].map(([k, count]) => {
    const from = (k + "-01-01").slice(0, 10);
    const [y, m] = from.split("-").map(Number);
    const to = unit === "day" ? from : unit === "year" ? `${y}-12-31`
      : new Date(Date.UTC(y, m, 0)).toISOString().slice(0, 10);
    return { from, to, count };
  });
  return { unit, buckets, undated, first, last };
}

export function map(held, claims) {
  const counts = new Map();
  let unplaced = 0;
  for (const c of claims) {
    const where = c.roles.place;
    if (!where?.name || !places[where.name]) unplaced++;
    else counts.set(where.party, (counts.get(where.party) ?? 0) + 1);
  }
  const items = [...counts].map(([id, count]) => {
    const { name } = held.parties.find((p) => p.id === id);
    const [latitude, longitude, precision] = places[name];
    return { id, name, latitude, longitude, precision, count };
  });
  return { items, unplaced };
}
