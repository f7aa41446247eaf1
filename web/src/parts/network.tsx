/*
 * Who is told of together, drawn.  People are circles, groups squares, places
 * diamonds; the list below says the same in words.
 */
import "./charts.css";
import { useMemo } from "preact/hooks";
import { link } from "../router";
import type { Kind, Ties } from "../types";
import { layOut } from "./force";
import { Said } from "./links";
import { many } from "./words";

const WIDTH = 720, HEIGHT = 440, EDGE = 60;

export function Network({ ties, middle }: { ties: Ties; middle: string }) {
  const spots = useMemo(() => placed(ties), [ties]);
  const most = Math.max(1, ...ties.links.map((one) => one.count));
  const top = Math.max(1, ...ties.nodes.map((one) => one.count));

  if (ties.nodes.length < 2) return <p class="faint">Nobody else is told of together with this name.</p>;
  return (
    <div class="network">
      <svg viewBox={`0 0 ${WIDTH + 2 * EDGE} ${HEIGHT + 2 * EDGE}`} role="group"
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
            <a key={id} href={link(`/people/${id}`)} class={id === middle ? "node middle" : "node"}
              aria-label={`${name}, ${kind}, ${many(count, "claim")}`}>
              <title>{`${name}: ${many(count, "claim")}`}</title>
              <Shape kind={kind} x={x} y={y} size={size} />
              <text x={x} y={y + size + 15}>{shortened(name)}</text>
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

function placed({ nodes, links }: Ties): Map<string, { x: number; y: number }> {
  const index = new Map(nodes.map((one, i) => [one.id, i]));
  const known = links.filter((one) => index.has(one.from) && index.has(one.to));
  const spots = layOut(nodes.length, known.map((one) =>
    ({ from: index.get(one.from)!, to: index.get(one.to)!, weight: one.count })), WIDTH, HEIGHT);

  return new Map(nodes.map((one, i) => [one.id, { x: spots[i]!.x + EDGE, y: spots[i]!.y + EDGE }]));
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
