/*
 * Which claims: the filters of docs/api.md, kept in the address under their own
 * names, so that a view's address is its question.
 */
import type { Address } from "../router";

export const FILTERS = [
  "text", "act", "actor", "target", "party", "place", "source", "publisher", "document", "event",
  "modality", "verdict", "support", "mark", "since", "until", "confidence",
] as const;

export type Filter = (typeof FILTERS)[number];

export const FILTER_WORDS: Record<Filter, string> = {
  text: "with the words",
  act: "act",
  actor: "done by",
  target: "done to",
  party: "by or to",
  place: "in",
  source: "said by",
  publisher: "published by",
  document: "in the document",
  event: "of the event",
  modality: "how it is said",
  verdict: "review",
  support: "support",
  mark: "mark",
  since: "since",
  until: "until",
  confidence: "sureness of reading",
};

/* The filters of an address as a query, without those named. */
export function filtersOf(at: Address, ...without: Filter[]): URLSearchParams {
  const query = new URLSearchParams();

  for (const name of FILTERS) {
    if (without.includes(name)) continue;
    for (const value of at.query.getAll(name)) query.append(name, value);
  }
  return query;
}

/* A question of the API with these filters and some more values. */
export function question(
  path: string, filters: URLSearchParams, more: Record<string, string | number | null> = {},
): string {
  const query = new URLSearchParams(filters);

  for (const [name, value] of Object.entries(more))
    if (value !== null && value !== "") query.set(name, String(value));
  return `${path}?${query}`;
}

/* A filter's values with one of them added, or taken away if it is there. */
export function toggled(at: Address, name: string, value: string): string[] {
  const values = at.query.getAll(name);
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}
