/*
 * The shapes of docs/api.md, as they travel.  Positions count Unicode code
 * points of the document's text, the end exclusive; days are 2012-02-21.
 */
export type Span = [from: number, to: number];
export type Spans = Span[];

export type Modality =
  | "asserted" | "denied" | "possible" | "planned"
  | "ordered" | "demanded" | "threatened" | "conditional";
export type Verdict = "open" | "confirmed" | "rejected";
export type Support = "single" | "several" | "contested" | "denied";
export type Mark = "second" | "bulk" | "corrected" | "noted";
export type Contest = "denied" | "figures" | "days" | "actors";
export type Kind = "person" | "group" | "place";
export type SourceKind = "person" | "group" | "publisher" | "document" | "described" | "unnamed";
export type RoleName = "actor" | "target" | "place" | "origin" | "destination";

export interface List<T> { total: number; offset: number; items: T[] }

export interface Act { code: string; label: string; family: string; covers: string }

export interface Job {
  id: string;
  kind: "read" | "reread" | "prepare";
  state: "waiting" | "running" | "done" | "failed" | "stopped";
  done: number;
  total: number;
  words: string;
  started: string | null;
  ended: string | null;
  failures: string[];
}

export interface Session {
  version: string;
  case: { name: string; path: string; documents: number; claims: number; events: number };
  reviewer: string | null;
  read_only: boolean;
  revision: number;
  acts: Act[];
  prepared: boolean;
}

export interface Pulse { revision: number; prepared: boolean; jobs: Job[] }

export interface RoleShort { text: string; name: string | null; party: string | null }
export interface Role extends RoleShort { spans: Spans }
export interface When { text: string; from: string | null; to: string | null }
export interface Named { id: string; name: string }
export interface Counted extends Named { count: number }

export interface Claim {
  id: string;
  act: string;
  label: string;
  family: string;
  actor: RoleShort | null;
  target: RoleShort | null;
  place: RoleShort | null;
  time: When | null;
  modality: Modality;
  negative: boolean;
  source: Named | null;
  publisher: string | null;
  document: { id: string; name: string; title: string | null; date: string | null };
  event: string | null;
  support: number;
  deniers: number;
  contests: Contest[];
  confidence: number;
  verdict: Verdict;
  marks: Mark[];
  sentence: string;
}

export interface Link {
  id: string | null;
  name: string | null;
  text: string;
  cue: string | null;
  spans: Spans;
  cue_spans: Spans;
}

export interface Reason { words: string; weight: number | null }

export interface ClaimFull extends Claim {
  version: number;
  trigger: { text: string; spans: Spans };
  roles: Partial<Record<RoleName, Role | null>>;
  time: (When & { spans: Spans }) | null;
  count: {
    text: string; spans: Spans; value: number | null;
    unit: string | null; compare: string | null; of: string | null;
  } | null;
  chain: Link[];
  chain_words: string;
  labels: { words: string; of: string | null; party: string | null; spans: Spans }[];
  passage: { text: string; from: number };
  milestones: Milestone[];
  sentence_span: Span;
  reasons: Reason[];
  readers: { name: string; verdict: Verdict; why: string | null; at: string; bulk: boolean }[];
  second_asked_by: string | null;
  notes: { text: string; who: string; at: string }[];
  replaces: string | null;
  previous: string | null;
  following: string | null;
}

/* Where a text begins to count anew: page 3, time 00:02:10. */
export interface Milestone { at: number; unit: string; n: string }

export interface Queued extends ClaimFull { remaining: number; next: string | null }

export interface LogRecord {
  id: number;
  what: "decision" | "correction" | "note" | "second" | "reading" | "ruling";
  who: string | null;
  at: string;
  verdict: Verdict | null;
  bulk: boolean;
  words: string;
  claim: string | null;
  undone: boolean;
}

export interface ClaimMarks {
  id: string;
  act: string;
  family: string;
  label: string;
  verdict: Verdict;
  trigger: Spans;
  roles: Partial<Record<RoleName, Spans | null>>;
  source: Spans | null;
  cue: Spans | null;
  from: number;
  to: number;
}

export interface DocumentShort {
  id: string;
  name: string;
  title: string | null;
  date: string | null;
  publisher: string | null;
  language: string | null;
  claims: number;
  open: number;
  copy_of: string | null;
  notes: string[];
}

export type DescribedField = "title" | "date" | "publisher" | "url" | "language";
export interface Description {
  field: DescribedField;
  value: string | null; /* it is not known */
  who: string | null;
  at: string;
  why: string | null;
}

/* documents/d12: the claims themselves stand where the short form counts. */
export interface DocumentFull extends Omit<DocumentShort, "claims"> {
  text: string;
  body: Span;
  date_from: string | null;
  publisher_from: string | null;
  url: string | null;
  sha256: string;
  container: string | null; /* SHA-256 of the file in which it was found */
  description_version: number;
  descriptions: Description[];
  milestones: Milestone[];
  media_type: string;
  read_at: string;
  versions: { id: string; version: number; read_at: string }[];
  sentences: Spans;
  claims: ClaimMarks[];
  attributions: { source: Spans | null; cue: Spans | null; content: Spans }[];
  mentions: { party: string; name: string; kind: Kind; spans: Spans }[];
}

export interface Timeline {
  unit: "day" | "month" | "year";
  buckets: { from: string; to: string; count: number }[];
  undated: number;
  first: string | null;
  last: string | null;
}

export interface Place {
  id: string;
  name: string;
  latitude: number;
  longitude: number;
  precision: "town" | "region" | "country";
  count: number;
}
export interface Places { items: Place[]; unplaced: number }

export interface Facet { value: string; label: string; count: number; chosen: boolean }
export interface Facets { total: number; facets: Record<string, Facet[]> }

export interface PartyShort {
  id: string;
  kind: Kind;
  name: string;
  names: string[];
  documents: number;
  acting: number;
  suffering: number;
  saying: number;
  happening: number;
  first_year: number | null;
  last_year: number | null;
  place: string | null;
}

export interface EventShort {
  id: string;
  act: string;
  label: string;
  family: string;
  actor: RoleShort | null;
  target: RoleShort | null;
  place: RoleShort | null;
  time: { from: string | null; to: string | null } | null;
  claims: number;
  documents: number;
  publishers: number;
  support: number;
  deniers: number;
  contests: Contest[];
  title: string;
}

export interface EventFull extends EventShort {
  voices: {
    id: string; name: string; denies: boolean; documents: number;
    root: string | null; claims: Claim[];
  }[];
  figures: {
    of: string; best: number | null;
    low: number | null; high: number | null; /* null where one says "at most", "at least" */
    said: { value: number; words: string; voice: string; claim: string }[];
  }[];
  differences: {
    kind: Contest; words: string;
    sides: { voice: string; words: string; claim: string }[];
  }[];
  rulings: LogRecord[];
}

export interface PartyFull extends Omit<PartyShort, "names"> {
  names: { name: string; documents: number; mentions: string[]; users: string[] }[];
  genders: string[];
  latitude: number | null;
  longitude: number | null;
  where: string | null;
  may_be: string[];
  labels: { words: string; by: string | null; count: number; claim: string }[];
  timeline: Timeline;
  claims_by: number;
  claims_on: number;
  claims_of: number;
  claims: { by: Claim[]; on: Claim[]; of: Claim[] };
  support: Record<Support, number>;
  contested: EventShort[];
  perhaps: { party: PartyShort; score: number; reasons: Reason[] }[];
  rulings: LogRecord[];
  mentions: { id: string; document: string; document_name: string; name: string }[];
}

export interface Ties {
  nodes: { id: string; name: string; kind: Kind; count: number }[];
  links: { from: string; to: string; count: number; acts: { label: string; count: number }[] }[];
}

export interface Comparison {
  one: PartyFull;
  other: PartyFull;
  score: number;
  reasons: Reason[];
  shared: { parties: Named[]; documents: Named[] };
  rulings: LogRecord[];
}

export interface Proposal { one: PartyShort; other: PartyShort; score: number; reasons: Reason[] }

export interface SourceShort {
  id: string;
  name: string;
  kind: SourceKind;
  claims: number;
  documents: number;
  publishers: number;
  about: Counted[];
}

export interface SourceFull extends SourceShort {
  acts: { act: string; label: string; count: number }[];
  labels: { words: string; of: string | null; count: number; document: string }[];
  heard_in: { publisher: string; count: number }[];
  timeline: Timeline;
}

export interface Found {
  document: { id: string; name: string; title: string | null; date: string | null };
  from: number;
  sentence: string;
  words: Spans;
  claims: string[];
}

export interface Agreement {
  readers: { name: string; decided: number; confirmed: number; rejected: number }[];
  pairs: { one: string; other: string; both: number; agreed: number; kappa: number | null }[];
  asked: number;
  disputed: Claim[];
}

export interface Overview {
  case: {
    documents: number; versions: number; copies: number; unread: number; claims: number; events: number;
    people: number; groups: number; places: number;
    first_date: string | null; last_date: string | null;
  };
  documents_over_time: Timeline;
  claims_over_time: Timeline;
  acts: { family: string; count: number; acts: { act: string; label: string; count: number }[] }[];
  people: PartyShort[];
  groups: PartyShort[];
  places: PartyShort[];
  sources: SourceShort[];
  map: Places;
  single: { count: number; items: EventShort[] };
  contested: { count: number; items: EventShort[] };
  review: {
    open: number; confirmed: number; rejected: number; bulk: number; second: number;
    least_certain: Claim[]; proposals: number;
  };
}

export interface Correction {
  version: number;
  act?: string;
  modality?: Modality;
  negative?: boolean;
  roles?: Partial<Record<RoleName, { spans: Spans } | null>>;
  time?: { from: string | null; to: string | null };
  why?: string;
}
