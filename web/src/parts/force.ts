/*
 * Where the nodes of a small network stand.  The same network always gives the
 * same picture: they start on a spiral, in their order, and are moved a fixed
 * number of times, pushed apart by each other and drawn together by links.
 */
export interface Spot { x: number; y: number }

const ROUNDS = 300;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

export function layOut(
  count: number,
  links: readonly { from: number; to: number; weight: number }[],
  width: number,
  height: number,
): Spot[] {
  const reach = Math.sqrt((width * height) / Math.max(1, count)) * 0.8;
  const spots = Array.from({ length: count }, (_, i) => ({
    x: width / 2 + Math.sqrt(i) * reach * 0.6 * Math.cos(i * GOLDEN),
    y: height / 2 + Math.sqrt(i) * reach * 0.6 * Math.sin(i * GOLDEN),
  }));
  const heaviest = Math.max(1, ...links.map((one) => one.weight));

  for (let round = 0; round < ROUNDS; round++) {
    const moves = spots.map(() => ({ x: 0, y: 0 }));
    pushApart(spots, moves, reach);
    for (const { from, to, weight } of links)
      pull(spots, moves, from, to, reach, 0.4 + (0.6 * weight) / heaviest);
    settle(spots, moves, (reach / 4) * (1 - round / ROUNDS), width, height);
  }
  return spots;
}

function pushApart(spots: Spot[], moves: Spot[], reach: number): void {
  for (let i = 0; i < spots.length; i++)
    for (let j = i + 1; j < spots.length; j++) {
      const x = spots[i]!.x - spots[j]!.x, y = spots[i]!.y - spots[j]!.y;
      const far = Math.max(1, x * x + y * y);
      const push = (reach * reach) / far;
      shift(moves[i]!, x * push, y * push);
      shift(moves[j]!, -x * push, -y * push);
    }
}

function pull(
  spots: Spot[], moves: Spot[], i: number, j: number, reach: number, weight: number,
): void {
  const x = spots[j]!.x - spots[i]!.x, y = spots[j]!.y - spots[i]!.y;
  const by = (weight * Math.hypot(x, y)) / reach;

  shift(moves[i]!, x * by, y * by);
  shift(moves[j]!, -x * by, -y * by);
}

function shift(spot: Spot, x: number, y: number): void {
  spot.x += x;
  spot.y += y;
}

/* Move each by at most `most`, and a little towards the middle. */
function settle(spots: Spot[], moves: Spot[], most: number, width: number, height: number): void {
  spots.forEach((spot, i) => {
    const x = moves[i]!.x + (width / 2 - spot.x) * 0.3;
    const y = moves[i]!.y + (height / 2 - spot.y) * 0.45;
    const by = Math.min(1, most / Math.max(1e-6, Math.hypot(x, y)));
    spot.x = Math.min(width, Math.max(0, spot.x + x * by));
    spot.y = Math.min(height, Math.max(0, spot.y + y * by));
  });
}
