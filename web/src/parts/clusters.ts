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

const LETTER = 7, LINE = 18; /* a name's, about */

/* Those whose name finds room below, the largest first: it covers no circle
   and no other name. */
export function withRoom<T>(
  clusters: readonly Cluster<T>[], nameOf: (one: Cluster<T>) => string,
): Set<Cluster<T>> {
  const taken = clusters.map(circleBox);
  const found = new Set<Cluster<T>>();

  for (const one of [...clusters].sort((a, b) => b.count - a.count)) {
    const box = nameBox(one, nameOf(one).length);
    if (taken.some((other) => covers(box, other))) continue;
    taken.push(box);
    found.add(one);
  }
  return found;
}

function circleBox<T>({ x, y, count }: Cluster<T>): Box {
  const r = radius(count);
  return { left: x - r, right: x + r, top: y - r, foot: y + r };
}

function nameBox<T>(one: Cluster<T>, letters: number): Box {
  const foot = circleBox(one).foot, half = (letters * LETTER) / 2;
  return { left: one.x - half, right: one.x + half, top: foot, foot: foot + LINE };
}

const covers = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.foot && b.top < a.foot;
