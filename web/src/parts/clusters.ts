/* Points on a screen that would cover each other, taken together. */
export interface Point<T> { x: number; y: number; count: number; of: T }
export interface Cluster<T> { x: number; y: number; count: number; members: T[] }

export const radius = (count: number): number => 9 + 3.2 * Math.log2(1 + count);

/*
 * The largest first; each takes in what its circle would touch.  Clusters are
 * kept by squares so large that only those around a point can touch it.
 */
export function cluster<T>(points: readonly Point<T>[]): Cluster<T>[] {
  const total = points.reduce((sum, one) => sum + one.count, 0);
  const side = 2 * radius(total);
  const squares = new Map<string, Cluster<T>[]>();
  const found: Cluster<T>[] = [];

  for (const point of [...points].sort((a, b) => b.count - a.count)) {
    const near = around(squares, point, side).find((one) =>
      Math.hypot(one.x - point.x, one.y - point.y) < radius(one.count) + radius(point.count));
    if (near) {
      near.members.push(point.of);
      near.count += point.count;
      continue;
    }
    const fresh = { x: point.x, y: point.y, count: point.count, members: [point.of] };
    const square = squareOf(point.x, point.y, side);
    squares.set(square, [...(squares.get(square) ?? []), fresh]);
    found.push(fresh);
  }
  return found;
}

const squareOf = (x: number, y: number, side: number): string =>
  `${Math.floor(x / side)} ${Math.floor(y / side)}`;

function around<T>(
  squares: Map<string, Cluster<T>[]>, { x, y }: { x: number; y: number }, side: number,
): Cluster<T>[] {
  return [-side, 0, side].flatMap((dx) => [-side, 0, side].flatMap((dy) =>
    squares.get(squareOf(x + dx, y + dy, side)) ?? []));
}

interface Box { left: number; right: number; top: number; foot: number }

/* Where a name's letters begin, end or have their middle, about a circle. */
export interface NamePlace { dx: number; dy: number; anchor: "start" | "middle" | "end" }

const LETTER = 7, LINE = 18; /* a name's, about */

/* The names that find room below, above or beside, the largest first: so that
   none covers a circle or another name. */
export function placeNames<T>(
  clusters: readonly Cluster<T>[], nameOf: (one: Cluster<T>) => string,
): Map<Cluster<T>, NamePlace> {
  const taken = clusters.map(circleBox);
  const found = new Map<Cluster<T>, NamePlace>();

  for (const one of [...clusters].sort((a, b) => b.count - a.count)) {
    const long = nameOf(one).length * LETTER;
    const place = placesAround(radius(one.count)).find((at) => {
      const box = nameBox(one, at, long);
      return !taken.some((other) => covers(box, other));
    });
    if (!place) continue;
    taken.push(nameBox(one, place, long));
    found.set(one, place);
  }
  return found;
}

export const below = (r: number): NamePlace => ({ dx: 0, dy: r + 14, anchor: "middle" });

const placesAround = (r: number): NamePlace[] => [
  below(r),
  { dx: 0, dy: -r - 7, anchor: "middle" },
  { dx: r + 4, dy: 4, anchor: "start" },
  { dx: -r - 4, dy: 4, anchor: "end" },
];

function circleBox<T>({ x, y, count }: Cluster<T>): Box {
  const r = radius(count);
  return { left: x - r, right: x + r, top: y - r, foot: y + r };
}

function nameBox<T>(one: Cluster<T>, { dx, dy, anchor }: NamePlace, long: number): Box {
  const left = one.x + dx - (anchor === "middle" ? long / 2 : anchor === "end" ? long : 0);
  return { left, right: left + long, top: one.y + dy - LINE + 5, foot: one.y + dy + 5 };
}

const covers = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.foot && b.top < a.foot;
