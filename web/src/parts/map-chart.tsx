/*
 * Where things are said to have happened, on a map drawn from data of the
 * page itself.  Moved and zoomed by wheel, drag, two fingers, keys and
 * buttons; places that would cover each other are taken together.
 */
import "./charts.css";
import { geoGraticule10, geoNaturalEarth1, geoPath, type GeoProjection } from "d3-geo";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import land from "world-atlas/countries-110m.json";
import type { Place } from "../types";
import { below, cluster, placeNames, radius, type Cluster, type NamePlace } from "./clusters";
import { useWidth } from "./measure";
import { many, number } from "./words";

const WORLD = 1000, TALL = 520, CLOSEST = 200;
const topology = land as unknown as Topology;
const countries = feature(topology, topology.objects.countries!);
const projection: GeoProjection = geoNaturalEarth1().fitExtent([[4, 4], [WORLD - 4, TALL - 4]], { type: "Sphere" });
const outline = geoPath(projection);
const GROUND = outline(countries) ?? "";
const GRID = outline(geoGraticule10()) ?? "";

/* What is seen: a point of the world in the middle, and how near. */
interface Look { x: number; y: number; zoom: number }

interface Placed { x: number; y: number; place: Place }

const WHOLE: Look = { x: WORLD / 2, y: TALL / 2, zoom: 1 };

/*
 * `height` is the most; on a narrow page it is less.  `at` is what is seen at
 * first, as `keep` was told; null shows all places.
 */
export function MapChart({ places, choose, height: most = 560, at = null, keep }: {
  places: Place[]; choose: (place: Place) => void; height?: number;
  at?: string | null; keep?: (at: string | null) => void;
}) {
  const [room, width] = useWidth<HTMLDivElement>(800);
  const height = Math.min(most, Math.max(240, Math.round(width * 0.62)));
  const placed = useMemo(() => onPaper(places), [places]);
  const fitting = useMemo(() => around(placed, width, height), [placed, width, height]);
  const [moved, setMoved] = useState<Look | null>(() => lookOf(at));
  const look = moved ?? fitting;
  const scale = scaleOf(look, width, height);
  const svg = useGestures(look, scale, setMoved);
  useKept(moved && lookText(moved), keep);

  /* What is taken together depends on how near it is, not on where one looks. */
  const clusters = useMemo(() => cluster(placed.map((one) =>
    ({ x: one.x * scale, y: one.y * scale, count: one.place.count, of: one }))), [placed, scale]);
  const left = width / 2 - look.x * scale, top = height / 2 - look.y * scale;
  const names = useMemo(() => placeNames(clusters, nameOf), [clusters]);
  const zoomBy = (by: number) => setMoved(bounded({ ...look, zoom: look.zoom * by }));
  const pressed = (event: KeyboardEvent) => {
    const step = 60 / scale;
    const to: Record<string, () => void> = {
      ArrowLeft: () => setMoved(bounded({ ...look, x: look.x - step })),
      ArrowRight: () => setMoved(bounded({ ...look, x: look.x + step })),
      ArrowUp: () => setMoved(bounded({ ...look, y: look.y - step })),
      ArrowDown: () => setMoved(bounded({ ...look, y: look.y + step })),
      "+": () => zoomBy(1.5), "=": () => zoomBy(1.5), "-": () => zoomBy(1 / 1.5), "0": () => setMoved(null),
    };
    const act = to[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  const open = (one: Cluster<Placed>) => {
    if (one.members.length === 1) return choose(one.members[0]!.place);
    const next = around(one.members, width, height);
    setMoved(bounded({ ...next, zoom: Math.max(next.zoom, look.zoom * 1.8) }));
  };

  return (
    <div class="map-chart" ref={room} onKeyDown={pressed} data-own-keys>
      <svg ref={svg} width={width} height={height} tabindex={0} role="group"
        aria-label="Map. Arrow keys move it, plus and minus zoom, 0 shows all. The list beside it says the same.">
        <g transform={`translate(${left} ${top}) scale(${scale})`}>
          <path class="grid" d={GRID} />
          <g class="land"><path d={GROUND} /></g>
        </g>
        {clusters.map((one) => ({ one, x: one.x + left, y: one.y + top }))
          .filter(({ x, y }) => x > -40 && y > -40 && x < width + 40 && y < height + 40)
          .map(({ one, x, y }) => (
            <Spot key={one.members[0]!.place.id} of={one} x={x} y={y} at={names.get(one)} open={() => open(one)} />))}
      </svg>
      <div class="buttons screen-only">
        <button type="button" aria-label="Nearer" onClick={() => zoomBy(1.5)}>+</button>
        <button type="button" aria-label="Farther" onClick={() => zoomBy(1 / 1.5)}>−</button>
        <button type="button" aria-label="Show all places" title="Show all places" onClick={() => setMoved(null)}>⤢</button>
      </div>
    </div>
  );
}

const lookText = ({ x, y, zoom }: Look): string => [x, y, zoom].map((n) => Number(n.toFixed(1))).join(",");

function lookOf(text: string | null): Look | null {
  const [x, y, zoom] = (text ?? "").split(",").map(Number);
  return x && y && zoom ? bounded({ x, y, zoom }) : null;
}

const REST = 300; /* milliseconds without a move, before it is told */

function useKept(text: string | null, keep?: (at: string | null) => void): void {
  const latest = useRef(keep);
  const told = useRef(text);
  latest.current = keep;

  useEffect(() => {
    if (text === told.current) return;
    const timer = setTimeout(() => latest.current?.(told.current = text), REST);
    return () => clearTimeout(timer);
  }, [text]);
}

const nameOf = ({ members }: Cluster<Placed>): string =>
  members[0]!.place.name + (members.length > 1 ? ` +${members.length - 1}` : "");

/* A name without room is seen while the spot is pointed at. */
function Spot({ of, x, y, at, open }: {
  of: Cluster<Placed>; x: number; y: number; at: NamePlace | undefined; open: () => void;
}) {
  const { count, members } = of;
  const first = members[0]!.place;
  const rough = members.length === 1 && first.precision !== "town";
  const size = radius(count);
  const name = nameOf(of);
  const { dx, dy, anchor } = at ?? below(size);
  const words = `${name}: ${many(count, "claim")}`
    + (rough ? `, somewhere in this ${first.precision}` : "")
    + (members.length > 1 ? ` in ${members.slice(0, 8).map((one) => one.place.name).join(", ")}` : "");

  return (
    <g class={rough ? "spot rough" : "spot"} role="button" tabindex={0}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        open();
      }}>
      <title>{words}</title>
      <circle cx={x} cy={y} r={size} />
      <text class="count" aria-hidden="true" x={x} y={y + 4}>{number(count)}</text>
      <text class={at ? "name" : "name crowded"} aria-hidden="true" x={x + dx} y={y + dy} text-anchor={anchor}>{name}</text>
    </g>
  );
}

function onPaper(places: Place[]): Placed[] {
  return places.flatMap((place) => {
    const at = projection([place.longitude, place.latitude]);
    return at ? [{ x: at[0], y: at[1], place }] : [];
  });
}

const scaleOf = (look: Look, width: number, height: number) =>
  Math.min(width / WORLD, height / TALL) * look.zoom;

/* So that all of these are seen, with some ground around them. */
function around(placed: readonly Placed[], width: number, height: number): Look {
  if (!placed.length) return WHOLE;
  const xs = placed.map((one) => one.x), ys = placed.map((one) => one.y);
  const [left, right, top, foot] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const base = scaleOf(WHOLE, width, height);
  const zoom = Math.min(
    width / ((right - left) * base * 1.35 + 1), height / ((foot - top) * base * 1.5 + 1), 24);

  return bounded({ x: (left + right) / 2, y: (top + foot) / 2, zoom });
}

function bounded({ x, y, zoom }: Look): Look {
  return {
    x: Math.min(WORLD, Math.max(0, x)),
    y: Math.min(TALL, Math.max(0, y)),
    zoom: Math.min(CLOSEST, Math.max(1, zoom)),
  };
}

/* Wheel, drag and two fingers.  A drag that began on a spot is no press of it. */
function useGestures(look: Look, scale: number, put: (look: Look) => void) {
  const svg = useRef<SVGSVGElement>(null);
  const now = useRef({ look, scale });
  now.current = { look, scale };

  useEffect(() => {
    const at = svg.current!;
    const fingers = new Map<number, { x: number; y: number }>();
    let travelled = 0;

    /* Several moves may come before the next picture: each builds on the last. */
    const show = (next: Look) => {
      const { look, scale } = now.current;
      now.current = { look: next, scale: (scale * next.zoom) / look.zoom };
      put(next);
    };
    const zoomAt = (by: number, x: number, y: number) => {
      const { look, scale } = now.current;
      const box = at.getBoundingClientRect();
      const dx = (x - box.left - box.width / 2) / scale, dy = (y - box.top - box.height / 2) / scale;
      const zoom = bounded({ ...look, zoom: look.zoom * by }).zoom;
      const left = 1 - look.zoom / zoom;
      show(bounded({ x: look.x + dx * left, y: look.y + dy * left, zoom }));
    };
    const spread = () => {
      const [a, b] = [...fingers.values()];
      return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      zoomAt(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), event.clientX, event.clientY);
    };
    const down = (event: PointerEvent) => {
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      travelled = 0;
    };
    const move = (event: PointerEvent) => {
      const old = fingers.get(event.pointerId);
      if (!old) return;
      const before = spread();
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      travelled += Math.hypot(event.clientX - old.x, event.clientY - old.y);
      if (travelled > 4 && !at.classList.contains("moving")) {
        at.classList.add("moving");
        at.setPointerCapture(event.pointerId);
      }
      if (before > 0 && spread() > 0) return zoomAt(spread() / before, event.clientX, event.clientY);
      const { look, scale } = now.current;
      show(bounded({ ...look,
        x: look.x - (event.clientX - old.x) / scale, y: look.y - (event.clientY - old.y) / scale }));
    };
    const up = (event: PointerEvent) => {
      fingers.delete(event.pointerId);
      at.classList.remove("moving");
    };
    const click = (event: Event) => {
      if (travelled > 4) event.stopPropagation();
    };
    const stop = new AbortController();
    const hear = <K extends keyof SVGElementEventMap>(
      name: K, act: (event: SVGElementEventMap[K]) => void, how: AddEventListenerOptions = {},
    ) => at.addEventListener(name, act, { ...how, signal: stop.signal });
    hear("wheel", wheel, { passive: false });
    hear("pointerdown", down);
    hear("pointermove", move);
    hear("pointerup", up);
    hear("pointercancel", up);
    hear("click", click, { capture: true });
    return () => stop.abort();
  }, []);
  return svg;
}
