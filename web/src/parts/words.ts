/* How the page says things: one place for words that stand in many. */
import type { Contest, Kind, Mark, Modality, SourceKind, Support, Verdict } from "../types";

export const MODALITY: Record<Modality, string> = {
  asserted: "said to have happened",
  denied: "denied",
  possible: "said to be possible",
  planned: "said to be planned",
  ordered: "ordered",
  demanded: "demanded",
  threatened: "threatened",
  conditional: "only if something else holds",
};

export const VERDICT: Record<Verdict, string> = {
  open: "waits for review",
  confirmed: "accepted",
  rejected: "rejected",
};

export const SUPPORT: Record<Support, string> = {
  single: "rests on one voice",
  several: "several voices",
  contested: "accounts differ",
  denied: "somebody denies it",
};

export const MARK: Record<Mark, string> = {
  second: "second reader asked for",
  bulk: "decided in bulk",
  corrected: "corrected",
  noted: "has a note",
};

export const CONTEST: Record<Contest, string> = {
  denied: "one says so, one denies it",
  figures: "the figures differ",
  days: "the days differ",
  actors: "who did it differs",
};

export const KINDS: Record<Kind, string> = { person: "People", group: "Groups", place: "Places" };

export const SOURCE_KIND: Record<SourceKind, string> = {
  person: "a person",
  group: "a group",
  publisher: "a publisher",
  document: "a document without a known publisher",
  described: "somebody described, not named",
  unnamed: "somebody unnamed",
};

export const ROLE = {
  actor: "who",
  target: "to whom",
  place: "where",
  origin: "from where",
  destination: "to where",
} as const;

export const COMPARE: Record<string, string> = {
  "<": "fewer than", "<=": "at most", "~": "about", ">=": "at least", ">": "more than",
};

/* One letter a family, so that colour is never alone. */
export const FAMILY: Record<string, { name: string; letter: string }> = {
  life: { name: "Life", letter: "L" },
  violence: { name: "Violence", letter: "V" },
  liberty: { name: "Liberty", letter: "F" },
  movement: { name: "Movement", letter: "M" },
  threat: { name: "Threat", letter: "T" },
  property: { name: "Property", letter: "P" },
  justice: { name: "Justice", letter: "J" },
  designation: { name: "Designation", letter: "D" },
  speech: { name: "Speech", letter: "S" },
  politics: { name: "Politics", letter: "C" },
  military: { name: "Military", letter: "A" },
  aid: { name: "Aid", letter: "H" },
  relation: { name: "Relation", letter: "R" },
  state: { name: "State", letter: "N" },
  accident: { name: "Accident", letter: "X" },
  other: { name: "Other", letter: "O" },
};

/* The class that gives a family its colour and line. */
export const familyClass = (family: string): string => `family-${FAMILY[family] ? family : "other"}`;
export const familyOf = (act: string): string => act.split(".")[0] ?? "other";
export const familyName = (family: string): string => FAMILY[family]?.name ?? family;

const languages = new Intl.DisplayNames("en", { type: "language" });

/* "French" of "fr", where documents in it are kept and not read for claims. */
export function unreadLanguage(code: string | null): string | null {
  return code && code !== "en" ? languages.of(code) ?? code : null;
}

const numbers = new Intl.NumberFormat("en");
export const number = (n: number): string => numbers.format(n);

/* "+1.7", with a proper minus. */
export const signed = (n: number): string => (n > 0 ? "+" : "−") + Math.abs(n).toFixed(1);

/* many(1, "claim") is "1 claim", many(2, "claim") "2 claims". */
export function many(n: number, one: string, more = one + "s"): string {
  return `${number(n)} ${n === 1 ? one : more}`;
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July",
  "August", "September", "October", "November", "December"];

/* "2012-02-21" is "21 February 2012"; months and years alone stay so. */
export function day(text: string | null | undefined): string {
  const parts = text ? /^(-?\d{1,6})(?:-(\d\d))?(?:-(\d\d))?/.exec(text) : null;

  if (!parts) return text ?? "";
  const [, year, month, date] = parts;
  const named = month ? MONTHS[Number(month) - 1] : undefined;
  if (!named) return year!;
  return date ? `${Number(date)} ${named} ${year}` : `${named} ${year}`;
}

/* A span of days, as short as it can be said. */
export function days(from: string | null | undefined, to: string | null | undefined): string {
  if (!from && !to) return "";
  if (!from || !to || from === to) return day(from ?? to);
  const [year, month] = from.split("-"), [toYear, toMonth] = to.split("-");
  if (year === toYear && from.endsWith("-01-01") && to.endsWith("-12-31")) return year!;
  if (year === toYear && month === toMonth && from.endsWith("-01") && isLastDay(to))
    return day(from.slice(0, 7));
  return `${day(from)} to ${day(to)}`;
}

function isLastDay(text: string): boolean {
  const [year, month, date] = text.split("-").map(Number);
  return date === new Date(Date.UTC(year!, month!, 0)).getUTCDate();
}

/* "page 4" */
export const milestoneWords = (all: { unit: string; n: string }[]): string =>
  all.map((one) => `${one.unit} ${one.n}`).join(", ");

/* A moment as the record has it, in this browser's time. */
export function moment(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text
    : at.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

/* How sure the program is of its reading, never of what is said. */
export function sureness(confidence: number): string {
  if (confidence >= 0.85) return "clear reading";
  if (confidence >= 0.6) return "likely reading";
  if (confidence >= 0.35) return "unsure reading";
  return "very unsure reading";
}
