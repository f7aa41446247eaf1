/*
 * Who is told of together, drawn.  People are circles, groups squares, places
 * diamonds; the list below says the same in words.
 */
import "./charts.css";
import { useMemo } from "preact/hooks";
import { link } from "../router";
import type { Kind, Ties } from "../types";
import { layOut, type Spot } from "./force";
import { Said } from "./links";
import { useWidth } from "./measure";
import { many } from "./words";

const ASIDE = 88, ABOVE = 40; /* room for names around */
const STEP = 150; /* a few nodes do not stand farther apart */

export function Network({ ties, middle }: { ties: Ties; middle: string }) {
  const [room, width] = useWidth<HTMLDivElement>(800);
  const height = Math.min(520, 180 + 22 * ties.nodes.length);
  const spots = useMemo(() => placed(ties, width, height), [ties, width, height]);
  const most = Math.max(1, ...ties.links.map((one) => one.count));
  const top = Math.max(1, ...ties.nodes.map((one) => one.count));

  if (ties.nodes.length < 2) return <p class="faint">Nobody else is told of together with this name.</p>;
  return (
    <div class="network" ref={room}>
      <svg width={width} height={height} role="group"
        aria-label="Who is told of together; the list below says the same">
        {ties.links.map(({ from, to, count, acts }) => {
          const a = spots.get(from), b = spots.get(to);
          return a && b && (
            <line key={`${from} ${to}`} class={from === middle || to === middle ? "tie near" : "tie"}
              x1={a.x} y1={a.y} x2={b.x} y2={b.y} stroke-width={1 + (5 * count) / most}>
              <title>{`${many(count, "claim")}: ${acts.map((one) => one.label).join(", ")}`}</title>
            </line>);
        })}
        {ties.nodes.map(({ id, name, kind, count }) => {
          const { x, y } = spots.get(id)!;
          const size = 7 + 9 * Math.sqrt(count / top);
          return (
            <a key={id} href={link(`/people/${id}`)} class={id === middle ? "node middle" : "node"}>
              <title>{`${name}, ${kind}, ${many(count, "claim")}`}</title>
              <Shape kind={kind} x={x} y={y} size={size} />
              <text aria-hidden="true" x={x} y={y + size + 15}>{shortened(name)}</text>
            </a>);
        })}
      </svg>
    </div>
  );
}

/* The ties of the one in the middle, in words. */
export function TieList({ ties, middle }: { ties: Ties; middle: string }) {
  const names = new Map(ties.nodes.map((one) => [one.id, one]));
  const near = ties.links.filter((one) => one.from === middle || one.to === middle)
    .sort((a, b) => b.count - a.count);

  return (
    <ul class="ties">
      {near.map(({ from, to, count, acts }) => {
        const other = names.get(from === middle ? to : from);
        return other && (
          <li key={other.id}>
            <a href={link(`/people/${other.id}`)}><Said>{other.name}</Said></a>{" "}
            <span class="faint">{many(count, "claim")}: {acts.slice(0, 4).map((one) => one.label).join(", ")}</span>
          </li>);
      })}
    </ul>
  );
}

/* The layout, stretched to fill the room. */
function placed({ nodes, links }: Ties, width: number, height: number): Map<string, Spot> {
  const index = new Map(nodes.map((one, i) => [one.id, i]));
  const known = links.filter((one) => index.has(one.from) && index.has(one.to));
  const spots = layOut(nodes.length, known.map((one) =>
    ({ from: index.get(one.from)!, to: index.get(one.to)!, weight: one.count })), width, height);
  const across = stretch(spots.map((one) => one.x), width, ASIDE);
  const down = stretch(spots.map((one) => one.y), height, ABOVE);

  return new Map(nodes.map((one, i) => [one.id, { x: across(spots[i]!.x), y: down(spots[i]!.y) }]));
}

function stretch(values: number[], room: number, edge: number): (value: number) => number {
  const low = Math.min(...values), high = Math.max(...values);
  const used = Math.min(room - 2 * edge, STEP * (values.length - 1));
  return (value) => high === low ? room / 2 : room / 2 + ((value - low) / (high - low) - 0.5) * used;
}

function Shape({ kind, x, y, size }: { kind: Kind; x: number; y: number; size: number }) {
  if (kind === "group")
    return <rect x={x - size} y={y - size} width={2 * size} height={2 * size} rx={3} />;
  if (kind === "place")
    return <path d={`M${x} ${y - size * 1.2}L${x + size * 1.2} ${y}L${x} ${y + size * 1.2}L${x - size * 1.2} ${y}Z`} />;
  return <circle cx={x} cy={y} r={size} />;
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length > 24 ? `${letters.slice(0, 22).join("")}…` : name;
}
