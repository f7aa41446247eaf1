/* Points on a screen that would cover each other, taken together. */
export interface Point<T> { x: number; y: number; count: number; of: T }
export interface Cluster<T> { x: number; y: number; count: number; members: T[] }

export const radius = (count: number): number => 9 + 3.2 * Math.log2(1 + count);

/* The largest first; each takes in what its circle would touch. */
export function cluster<T>(points: readonly Point<T>[]): Cluster<T>[] {
  const rest = [...points].sort((a, b) => b.count - a.count);
  const found: Cluster<T>[] = [];

  for (const point of rest) {
    const near = found.find((one) =>
      Math.hypot(one.x - point.x, one.y - point.y) < radius(one.count) + radius(point.count));
    if (near) {
      near.members.push(point.of);
      near.count += point.count;
    } else {
      found.push({ x: point.x, y: point.y, count: point.count, members: [point.of] });
    }
  }
  return found;
}
