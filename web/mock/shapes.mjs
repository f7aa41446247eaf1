/*
 * shapes.mjs - what the invented case looks like in the answers.
 */
import { day, map, reckon, record, supportOf, timeline } from "./case.mjs";

const short = (r) => r && { text: r.text, name: r.name, party: r.party };

export const documentName = (d) =>
  ({ id: d.id, name: d.name, title: d.title, date: d.date });

export function claim(held, c) {
  const { event } = c;
  return {
    id: c.id, act: c.act, label: c.label, family: c.family,
    actor: short(c.roles.actor), target: short(c.roles.target),
    place: short(c.roles.place),
    time: c.time && { text: c.time.text, from: c.time.from, to: c.time.to },
    modality: c.modality, negative: c.negative, source: c.source,
    publisher: c.doc.publisher, document: documentName(c.doc),
    event: event.id, support: event.support, deniers: event.deniers,
    contests: event.contests, confidence: c.confidence, verdict: c.verdict,
    marks: [...c.marks], sentence: c.sentence,
  };
}

function chainWords(c) {
  const links = c.chain.map((l) => `by the word of ${l.text} ("${l.cue}")`);
  return [`${c.doc.publisher}, the publisher`, ...links].join(", ");
}

export function claimFull(held, c) {
  const all = c.doc.claims;
  const at = all.indexOf(c);
  const around = c.doc.sentences.findIndex(([from]) => from === c.span[0]);
  const from = c.doc.sentences[Math.max(0, around - 1)][0];
  const to = c.doc.sentences[Math.min(c.doc.sentences.length - 1,
    around + 1)][1];
  return {
    ...claim(held, c), version: c.version, trigger: c.trigger,
    roles: c.roles, time: c.time, count: c.count, chain: c.chain,
    chain_words: chainWords(c),
    labels: (c.doc.labels ?? [])
      .filter(([words]) => c.sentence.includes(words))
      .map(([words, of]) => ({ words, of, party: null,
        spans: c.doc.spot(words) ?? [] })),
    passage: { text: [...c.doc.text].slice(from, to).join(""), from },
    milestones: [],
    sentence_span: c.span,
    reasons: [
      { words: `rests on the verb '${c.trigger.text}'`, weight: null },
      ...(c.roles.actor ? [] : [{ words: "no actor is said", weight: -0.8 }]),
      ...(c.chain.length > 1
        ? [{ words: "passed on by two voices", weight: -0.3 }] : []),
    ],
    readers: c.readers, second_asked_by: c.second, notes: c.notes,
    replaces: c.replaces,
    previous: all[at - 1]?.id ?? null, following: all[at + 1]?.id ?? null,
  };
}

export function corrected(held, old, change) {
  const claim = { ...old, id: `c${held.claims.length + 1}`,
    n: held.claims.length + 1, roles: { ...old.roles }, readers: [],
    notes: [...old.notes], marks: new Set([...old.marks, "corrected"]),
    replaces: old.id, version: old.version + 1 };
  for (const [role, to] of Object.entries(change.roles ?? {})) {
    const text = to && to.spans
      .map(([a, b]) => [...old.doc.text].slice(a, b).join("")).join(" ... ");
    claim.roles[role] = to && { text, name: null, party: null,
      spans: to.spans };
  }
  for (const part of ["act", "modality", "negative"]) {
    if (change[part] !== undefined) claim[part] = change[part];
  }
  if (change.time) claim.time = { ...claim.time, ...change.time };
  claim.family = claim.act.split(".")[0];
  claim.label = claim.act.split(".")[1] ?? claim.act;
  old.replacedBy = claim.id;
  const swap = (list) => list.splice(list.indexOf(old), 1, claim);
  swap(old.doc.claims);
  swap(old.event.claims);
  held.claims.push(claim);
  reckon(old.event);
  return claim;
}

export function documentShort(held, d) {
  return { ...documentName(d), publisher: d.publisher,
    language: d.language ?? "en", claims: d.claims.length,
    open: d.claims.filter((c) => c.verdict === "open").length,
    copy_of: d.copyOf, notes: d.language === "ar"
      ? ["in Arabic, which attest does not read: few claims found"] : [] };
}

const marking = (c) => ({ id: c.id, act: c.act, family: c.family,
  label: c.label, verdict: c.verdict, trigger: c.trigger.spans,
  roles: Object.fromEntries(Object.entries(c.roles).filter(([, r]) => r)
    .map(([role, r]) => [role, r.spans])),
  source: c.chain.at(-1)?.spans ?? null, cue: c.chain.at(-1)?.cue_spans ?? null,
  from: c.span[0], to: c.span[1] });

export function documentFull(held, d) {
  return {
    ...documentShort(held, d), text: d.text,
    body: [d.sentences[0]?.[0] ?? 0, [...d.text].length],
    date_from: "the document's own head", publisher_from: "its own head",
    url: /^press/.test(d.name) ? "https://press.example/2019/05/06" : null,
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    container: null, milestones: [],
    description_version: 1, descriptions: [],
    media_type: /html$/.test(d.name) ? "text/html" : "text/plain",
    read_at: "2026-03-01T09:30:00Z",
    versions: [{ id: d.id, version: 1, read_at: "2026-03-01T09:30:00Z" }],
    sentences: d.sentences, claims: d.claims.map(marking),
    attributions: d.claims.filter((c) => c.chain.length).map((c) => ({
      source: c.chain.at(-1).spans, cue: c.chain.at(-1).cue_spans,
      content: [c.span] })),
    mentions: held.mentions.filter((m) => m.document === d)
      .map((m) => ({ party: m.party.id, name: m.party.name,
        kind: m.party.kind, spans: m.spans })),
  };
}

const has = (role, p) => (c) => c.roles[role]?.party === p.id;
const current = (held) => held.claims.filter((c) => !c.replacedBy);

export function counts(held, p) {
  const list = current(held);
  return {
    acting: list.filter(has("actor", p)).length,
    suffering: list.filter(has("target", p)).length,
    saying: list.filter((c) => c.source.id === p.id).length,
    happening: list.filter(has("place", p)).length,
  };
}

const documentsOf = (held, p) =>
  held.documents.filter((d) => p.documents.has(d.id));

export function party(held, p) {
  const years = documentsOf(held, p).map((d) => Number(d.date.slice(0, 4)));
  return { id: p.id, kind: p.kind, name: p.name, names: [...p.names.keys()],
    documents: p.documents.size, ...counts(held, p),
    first_year: Math.min(...years), last_year: Math.max(...years),
    place: current(held).find((c) => has("target", p)(c) && c.roles.place)
      ?.roles.place.name ?? null };
}

export function partyFull(held, p) {
  const list = current(held);
  const on = list.filter(has("target", p));
  const acting = list.filter(has("actor", p));
  const of = list.filter((c) => c.source.id === p.id);
  const events = [...new Set([...on, ...acting].map((c) => c.event))];
  const support = { single: 0, several: 0, contested: 0, denied: 0 };
  events.forEach((e) => support[supportOf(e)]++);
  const where = map(held, list.filter(has("place", p))).items[0];
  const first = (some) => some.slice(0, 10).map((c) => claim(held, c));
  return {
    ...party(held, p),
    names: [...p.names].filter(([, ms]) => ms.length).map(([name, ms]) => ({
      name, documents: new Set(ms.map((m) => m.document.id)).size,
      mentions: ms.map((m) => m.id),
      users: [...new Set(ms.map((m) => m.document.publisher))].slice(0, 6) })),
    genders: p.kind === "person" ? ["male"] : [],
    latitude: where?.latitude ?? null, longitude: where?.longitude ?? null,
    where: where ? `${where.precision} in Velmara` : null,
    may_be: p.kind === "place" ? ["Meridian, a town in Durrenia"] : [],
    labels: held.documents.flatMap((d) => (d.labels ?? [])
      .filter(([, whom]) => [...p.names.keys()].includes(whom))
      .map(([words, , who]) => ({ words, by: who, count: 1,
        claim: d.claims[0].id }))),
    timeline: timeline([...on, ...acting].map(day)),
    claims_by: acting.length, claims_on: on.length, claims_of: of.length,
    claims: { by: first(acting), on: first(on), of: first(of) }, support,
    contested: events.filter((e) => e.contests.length).slice(0, 5)
      .map((e) => event(held, e)),
    perhaps: proposals(held, p.kind)
      .filter((x) => x.one.id === p.id || x.other.id === p.id).slice(0, 4)
      .map((x) => ({ party: x.one.id === p.id ? x.other : x.one,
        score: x.score, reasons: x.reasons })),
    rulings: held.records.filter((r) => r.parties?.includes(p.id)),
    mentions: held.mentions.filter((m) => m.party === p).slice(0, 200)
      .map((m) => ({ id: m.id, document: m.document.id,
        document_name: m.document.name, name: m.name })),
  };
}

export function ties(held, p) {
  const inClaim = (c) => ["actor", "target", "place"]
    .map((r) => c.roles[r]).concat({ party: c.source.id, name: c.source.name })
    .filter((r) => r?.party && /^p/.test(r.party));
  const near = current(held).filter((c) =>
    inClaim(c).some((r) => r.party === p.id));
  const counted = new Map();
  for (const c of near) {
    for (const { party: id } of inClaim(c)) {
      counted.set(id, (counted.get(id) ?? 0) + 1);
    }
  }
  const top = [...counted].sort((a, b) => b[1] - a[1]).slice(0, 16);
  const nodes = top.map(([id, count]) => {
    const { name, kind } = held.parties.find((q) => q.id === id);
    return { id, name, kind, count };
  });
  const ids = new Set(nodes.map((n) => n.id));
  const links = new Map();
  for (const c of current(held)) {
    const inside = [...new Set(inClaim(c).map((r) => r.party))]
      .filter((id) => ids.has(id)).sort();
    inside.forEach((from, i) => inside.slice(i + 1).forEach((to) => {
      const k = `${from} ${to}`;
      if (!links.has(k)) links.set(k, { from, to, count: 0, acts: new Map() });
      const l = links.get(k);
      l.count++;
      l.acts.set(c.label, (l.acts.get(c.label) ?? 0) + 1);
    }));
  }
  return { nodes, links: [...links.values()].map((l) => ({ ...l,
    acts: [...l.acts].map(([label, count]) => ({ label, count })) })) };
}

const reasons = [
  { words: "the names are written alike", weight: 2.0 },
  { words: "told of beside the same: Sara Ilvik, Camp Meridian", weight: 1.7 },
  { words: "named in different years", weight: -0.6 },
];

/* People who share a family name, which is reason enough here. */
export function proposals(held, kind) {
  const out = [];
  const apart = new Set(held.records.filter((r) => r.apart && !r.undone)
    .map((r) => r.apart));
  const last = (p) => p.name.split(" ").at(-1);
  const some = held.parties.filter((p) => p.kind === "person")
    .slice(0, 60);
  some.forEach((one, i) => some.slice(i + 1).forEach((other) => {
    if (last(one) !== last(other)) return;
    if (apart.has(`${one.id} ${other.id}`)) return;
    out.push({ one: party(held, one), other: party(held, other),
      score: 0.9 - 0.03 * out.length, reasons });
  }));
  return kind && kind !== "person" ? [] : out.slice(0, 25);
}

export function comparison(held, one, other) {
  const parties = (p) => new Map(ties(held, p).nodes
    .filter((n) => n.id !== p.id).map((n) => [n.id, n.name]));
  const [a, b] = [parties(one), parties(other)];
  return {
    one: partyFull(held, one), other: partyFull(held, other), score: 0.84,
    reasons,
    shared: {
      parties: [...a].filter(([id]) => b.has(id))
        .map(([id, name]) => ({ id, name })),
      documents: documentsOf(held, one)
        .filter((d) => other.documents.has(d.id))
        .map((d) => ({ id: d.id, name: d.name })),
    },
    rulings: held.records.filter((r) => r.parties?.includes(one.id)
      && r.parties.includes(other.id)),
  };
}

function renamed(held, from, to) {
  const name = to.name;
  for (const c of held.claims) {
    for (const r of Object.values(c.roles)) {
      if (r?.party === from) Object.assign(r, { party: to.id, name });
    }
    for (const s of [c.source, ...c.chain]) {
      if (s.id === from) Object.assign(s, { id: to.id, name });
    }
  }
}

export function mergeParties(held, one, other, why, who) {
  for (const [name, ms] of other.names) {
    one.names.set(name, [...(one.names.get(name) ?? []), ...ms]);
  }
  held.mentions.forEach((m) => { if (m.party === other) m.party = one; });
  other.documents.forEach((d) => one.documents.add(d));
  one.was = [...(one.was ?? []), other.id, ...(other.was ?? [])];
  held.parties = held.parties.filter((p) => p !== other);
  renamed(held, other.id, one);
  record(held, { what: "ruling", who, parties: [one.id],
    words: `${one.name} and ${other.name} are one${why ? `: ${why}` : ""}` });
  return partyFull(held, one);
}

export function splitParty(held, one, ids, why, who) {
  const apart = held.parties.find((p) => p !== one && ids.includes(p.id));
  if (apart) return keepApart(held, one, apart, why, who);
  const moved = held.mentions.filter((m) => ids.includes(m.id));
  const name = moved[0]?.name ?? one.name;
  const other = { key: `split${held.records.length}`, kind: one.kind, name,
    id: moved[0].id === one.id ? `${one.id}0` : moved[0].id, names: new Map(),
    documents: new Set(moved.map((m) => m.document.id)) };
  for (const m of moved) {
    m.party = other;
    other.names.set(m.name, [...(other.names.get(m.name) ?? []), m]);
    const left = one.names.get(m.name).filter((x) => x !== m);
    one.names.set(m.name, left);
  }
  one.documents = new Set(held.mentions.filter((m) => m.party === one)
    .map((m) => m.document.id));
  held.parties.push(other);
  record(held, { what: "ruling", who, parties: [one.id, other.id],
    apart: `${one.id} ${other.id}`,
    words: `${name} is somebody else${why ? `: ${why}` : ""}` });
  return { one: partyFull(held, one), other: partyFull(held, other) };
}

/* Two that nobody took for one: only the ruling is new. */
function keepApart(held, one, other, why, who) {
  record(held, { what: "ruling", who, parties: [one.id, other.id],
    apart: `${one.id} ${other.id}`,
    words: `${other.name} is not ${one.name}${why ? `: ${why}` : ""}` });
  return { one: partyFull(held, one), other: partyFull(held, other) };
}

export function sources(held) {
  const seen = new Map();
  for (const c of current(held)) {
    const { id, name } = c.source;
    if (!seen.has(id)) seen.set(id, { id, name, list: [] });
    seen.get(id).list.push(c);
  }
  return [...seen.values()].map(({ id, name, list }) => {
    const p = held.parties.find((q) => q.id === id);
    const own = list.some((c) => !c.chain.length);
    const about = new Map();
    for (const c of list) {
      const t = c.roles.target;
      if (!t?.party) continue;
      const a = about.get(t.party) ?? { id: t.party, name: t.name, count: 0 };
      a.count++;
      about.set(t.party, a);
    }
    return { id, name, kind: p?.kind ?? (own ? "publisher" : "described"),
      claims: list.length,
      documents: new Set(list.map((c) => c.doc.id)).size,
      publishers: new Set(list.map((c) => c.doc.publisher)).size,
      about: [...about.values()].sort((a, b) => b.count - a.count)
        .slice(0, 5) };
  }).sort((a, b) => b.claims - a.claims);
}

function tally(list, key) {
  const counts = new Map();
  list.forEach((x) => counts.set(key(x), (counts.get(key(x)) ?? 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1]);
}

export function sourceFull(held, s) {
  const list = current(held).filter((c) => c.source.id === s.id);
  const labels = new Map(list.map((c) => [c.act, c.label]));
  return { ...s,
    acts: tally(list, (c) => c.act).map(([act, count]) =>
      ({ act, label: labels.get(act), count })),
    labels: held.documents.flatMap((d) => (d.labels ?? [])
      .filter(([, , by]) => by === s.name || by === d.publisher
        && by === s.name)
      .map(([words, of]) => ({ words, of, count: 1, document: d.id }))),
    heard_in: tally(list, (c) => c.doc.publisher)
      .map(([publisher, count]) => ({ publisher, count })),
    timeline: timeline(list.map(day)) };
}

export function event(held, e) {
  const c = e.lead;
  const who = (r) => r?.name ?? r?.text;
  return { id: e.id, act: c.act, label: c.label, family: c.family,
    actor: short(c.roles.actor), target: short(c.roles.target),
    place: short(c.roles.place),
    time: c.time && { from: c.time.from, to: c.time.to },
    claims: e.claims.length,
    documents: new Set(e.claims.map((x) => x.doc.id)).size,
    publishers: new Set(e.claims.map((x) => x.doc.publisher)).size,
    support: e.support, deniers: e.deniers, contests: e.contests,
    title: `${c.label}: ${who(c.roles.actor) ?? "somebody"}`
      + (c.roles.target ? ` → ${who(c.roles.target)}` : "") };
}

const differenceWords = { denied: "one says so, one denies it",
  figures: "the figures differ", days: "the days differ",
  actors: "who did it differs" };

function sideWords(kind, c) {
  if (kind === "denied") {
    return c.modality === "denied" ? "denies it" : "says so";
  }
  if (kind === "figures") return c.count && `${c.count.value} ${c.count.of}`;
  if (kind === "days") return c.time?.text;
  return c.roles.actor?.name;
}

export function eventFull(held, e) {
  const counted = e.claims.filter((c) => c.count);
  const numbers = counted.map((c) => c.count.value);
  return {
    ...event(held, e),
    voices: e.voices.map((v) => ({ id: v.id, name: v.name, denies: v.denies,
      documents: new Set(v.claims.map((c) => c.doc.id)).size,
      root: v.claims[0].id, claims: v.claims.map((c) => claim(held, c)) })),
    figures: counted.length ? [{ of: counted[0].count.of,
      low: Math.min(...numbers), high: Math.max(...numbers), best: numbers[0],
      said: counted.map((c) => ({ value: c.count.value,
        words: `${c.count.compare === ">=" ? "at least " : ""}`
          + `${c.count.value} ${c.count.of}`,
        voice: c.source.name, claim: c.id })) }] : [],
    differences: e.contests.map((kind) => ({ kind,
      words: differenceWords[kind],
      sides: e.claims.map((c) => ({ voice: c.source.name,
        words: sideWords(kind, c), claim: c.id })).filter((s) => s.words) })),
    rulings: held.records.filter((r) => r.words.includes(`${e.id} `)
      && r.what === "ruling"),
  };
}

export function agreement(held) {
  const decided = held.claims.filter((c) => c.readers.length);
  const names = ["Mara Lind", "Tomas Reyk"];
  const of = (name) => decided.flatMap((c) =>
    c.readers.filter((r) => r.name === name));
  const both = decided.filter((c) => c.readers.length > 1);
  const same = both.filter((c) =>
    new Set(c.readers.map((r) => r.verdict)).size === 1);
  return {
    readers: names.map((name) => ({ name, decided: of(name).length,
      confirmed: of(name).filter((r) => r.verdict === "confirmed").length,
      rejected: of(name).filter((r) => r.verdict === "rejected").length })),
    pairs: both.length ? [{ one: names[0], other: names[1],
      both: both.length, agreed: same.length, kappa: 0.71 }] : [],
    asked: held.claims.filter((c) => c.second).length,
    disputed: both.filter((c) => !same.includes(c)).slice(0, 20)
      .map((c) => claim(held, c)),
  };
}

export function overview(held) {
  const list = current(held);
  const kinds = (k) => held.parties.filter((p) => p.kind === k)
    .sort((a, b) => b.documents.size - a.documents.size);
  const eight = (k) => kinds(k).slice(0, 8).map((p) => party(held, p));
  const days = held.documents.map((d) => d.date).sort();
  const having = (v) => held.events.filter((e) => supportOf(e) === v);
  const top = (v) => ({ count: having(v).length,
    items: having(v).slice(0, 5).map((e) => event(held, e)) });
  const verdict = (v) => list.filter((c) => c.verdict === v).length;
  const marked = (m) => list.filter((c) => c.marks.has(m)).length;
  return {
    case: { documents: held.documents.length, versions: held.documents.length,
      copies: held.documents.filter((d) => d.copyOf).length,
      claims: list.length, events: held.events.length,
      people: kinds("person").length, groups: kinds("group").length,
      places: kinds("place").length, first_date: days[0] ?? null,
      last_date: days.at(-1) ?? null },
    documents_over_time: timeline(days),
    claims_over_time: timeline(list.map(day)),
    acts: tally(list, (c) => c.family).map(([family, count]) => ({
      family, count,
      acts: tally(list.filter((c) => c.family === family), (c) => c.act)
        .map(([act, n]) => ({ act, count: n,
          label: list.find((c) => c.act === act).label })) })),
    people: eight("person"), groups: eight("group"), places: eight("place"),
    sources: sources(held).slice(0, 8), map: map(held, list),
    single: top("single"), contested: top("contested"),
    review: { open: verdict("open"), confirmed: verdict("confirmed"),
      rejected: verdict("rejected"), bulk: marked("bulk"),
      second: marked("second"),
      least_certain: list.filter((c) => c.verdict === "open")
        .sort((a, b) => a.confidence - b.confidence).slice(0, 5)
        .map((c) => claim(held, c)),
      proposals: proposals(held).length },
  };
}
