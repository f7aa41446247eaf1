/*
 * Text and places in it.  The API counts code points, JavaScript UTF-16 units:
 * a text is scanned once for the characters that take two.
 */
import type { Span } from "../types";

export interface Points {
  unit(point: number): number; /* code point to UTF-16 */
  point(unit: number): number; /* and back */
}

export function pointsOf(text: string): Points {
  const wide = wideUnits(text);

  return {
    /* the i-th wide one stands at code point wide[i] - i */
    unit: (point) => point + countBelow(wide.length, (i) => wide[i]! - i < point),
    point: (unit) => unit - countBelow(wide.length, (i) => wide[i]! < unit),
  };
}

/* Where the characters of two units start. */
function wideUnits(text: string): Uint32Array {
  const found: number[] = [];

  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00) found.push(i++);
  }
  return Uint32Array.from(found);
}

/* How many of 0..count-1 hold, where those that do come first. */
function countBelow(count: number, holds: (i: number) => boolean): number {
  let low = 0, high = count;

  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface Mark<T> { from: number; to: number; of: T }
export interface Segment<T> { from: number; to: number; marks: T[] }

/* Cut a stretch of text wherever a mark begins or ends. */
export function segments<T>(from: number, to: number, marks: Mark<T>[]): Segment<T>[] {
  const inside = marks.filter((one) => one.from < to && one.to > from && one.from < one.to);
  const cuts = new Set([from, to]);

  for (const one of inside) {
    cuts.add(Math.max(one.from, from));
    cuts.add(Math.min(one.to, to));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, i) => ({
    from: start, to: places[i + 1]!,
    marks: inside.filter((one) => one.from <= start && one.to > start).map((one) => one.of),
  }));
}

/*
 * Cut a text into stretches of about `size` units, at the ends of paragraphs
 * where there are any, else of lines, else of words.
 */
export function stretches(text: string, size: number): Span[] {
  const found: Span[] = [];

  for (let from = 0; from < text.length;) {
    const to = from + size >= text.length ? text.length : cutBefore(text, from, from + size);
    found.push([from, to]);
    from = to;
  }
  return found;
}

function cutBefore(text: string, from: number, most: number): number {
  for (const end of ["\n\n", "\n", ". ", " "]) {
    const at = text.lastIndexOf(end, most);
    if (at > from + (most - from) / 4) return at + end.length;
  }
  const unit = text.charCodeAt(most);
  return unit >= 0xdc00 && unit < 0xe000 ? most + 1 : most;
}

export interface Paragraph { from: number; to: number; flows: boolean }

/*
 * The paragraphs of a stretch, without the empty lines between them.  One
 * whose lines were broken for their length flows anew.
 */
export function paragraphs(text: string, [from, to]: Span): Paragraph[] {
  const found: Paragraph[] = [];
  const breaks = /\s*\n\s*\n\s*/g;
  const stretch = text.slice(from, to);
  let start = 0;

  const add = (end: number) => {
    const words = stretch.slice(start, end);
    if (words.trim()) found.push({ from: from + start, to: from + end, flows: flows(words) });
  };
  for (let cut = breaks.exec(stretch); cut; cut = breaks.exec(stretch)) {
    add(cut.index);
    start = cut.index + cut[0].length;
  }
  add(stretch.length);
  return found;
}

function flows(words: string): boolean {
  const lines = words.trim().split("\n");
  return lines.slice(0, -1).every((line) => line.length >= 55);
}

export interface Word { from: number; to: number }

/* The words of a text, for choosing some of them. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’.\-][\p{L}\p{M}\p{N}]+)*/gu)]
    .map((found) => ({ from: found.index, to: found.index + found[0].length }));
}
