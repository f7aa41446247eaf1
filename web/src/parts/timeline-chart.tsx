/*
 * How many claims when, as bars.  With `choose` a period can be brushed: by
 * dragging over the bars, or with the arrow keys on its two ends.
 */
import "./charts.css";
import { useRef, useState } from "preact/hooks";
import type { Timeline } from "../types";
import { dayNumber, dayText, ticks } from "./calendar";
import { useWidth } from "./measure";
import { day, many, number } from "./words";

export interface Period { since: string | null; until: string | null }

/* `isStep`: one of many small steps, not worth an entry in the history. */
type Choose = (period: Period, isStep: boolean) => void;

const FOOT = 22, TOP = 16, WIDEST = 44;

interface Scale { from: number; to: number; x(day: number): number; at(x: number): number }

function scaleOf(timeline: Timeline, width: number): Scale {
  const from = dayNumber(timeline.buckets[0]!.from);
  const to = dayNumber(timeline.buckets.at(-1)!.to) + 1;

  return {
    from, to,
    x: (one) => ((one - from) / (to - from)) * width,
    at: (x) => Math.min(to - 1, Math.max(from, Math.floor(from + (x / width) * (to - from)))),
  };
}

export function TimelineChart({ timeline, label, height = 150, period, choose }: {
  timeline: Timeline;
  label: string;
  height?: number;
  period?: Period;
  choose?: Choose;
}) {
  const [place, width] = useWidth<HTMLDivElement>(640);

  if (!timeline.buckets.length)
    return <p class="faint">{timeline.undated ? `${many(timeline.undated, "claim")} without a day.` : "Nothing to show."}</p>;
  const scale = scaleOf(timeline, width);
  return (
    <div class="timeline-chart" ref={place}>
      <div class="plot" style={{ height: `${height}px` }}>
        <svg width={width} height={height} role="img" aria-label={`${label}. ${summary(timeline)}`}>
          <Axis scale={scale} width={width} height={height} />
          <Bars timeline={timeline} scale={scale} height={height} period={period} />
        </svg>
        {choose && timeline.buckets.length > 1 && <Brush scale={scale} width={width} height={height - FOOT} period={period} choose={choose} />}
      </div>
    </div>
  );
}

/* A chart whose brushed period leads elsewhere: `to` is the address. */
export function LeadingTimeline({ timeline, label, height, to }: {
  timeline: Timeline; label: string; height: number; to: (period: Period) => string;
}) {
  const [period, setPeriod] = useState<Period>({ since: null, until: null });

  return (
    <>
      <TimelineChart timeline={timeline} label={label} height={height} period={period} choose={setPeriod} />
      {(period.since || period.until) && (
        <p class="screen-only">
          <a href={to(period)}>Claims {period.since && <>since {day(period.since)}</>} {period.until && <>until {day(period.until)}</>}</a>
        </p>)}
    </>
  );
}

function summary({ buckets, first, last, unit }: Timeline): string {
  const most = buckets.reduce((a, b) => (b.count > a.count ? b : a));
  return `From ${day(first)} to ${day(last)}; most, ${number(most.count)}, in ${bucketWords(most.from, unit)}.`;
}

function bucketWords(from: string, unit: Timeline["unit"]): string {
  return day(unit === "year" ? from.slice(0, 4) : unit === "month" ? from.slice(0, 7) : from);
}

function Axis({ scale, width, height }: { scale: Scale; width: number; height: number }) {
  return (
    <g class="axis">
      <line x1={0} x2={width} y1={height - FOOT + 0.5} y2={height - FOOT + 0.5} />
      {ticks(scale.from, scale.to, Math.max(2, width / 64)).map((tick) => {
        const x = scale.x(tick.day);
        return x < width - 28 && (
          <g key={tick.day}>
            <line x1={x + 0.5} x2={x + 0.5} y1={height - FOOT} y2={height - FOOT + 5} />
            <text x={x + 4} y={height - 5}>{tick.words}</text>
          </g>);
      })}
    </g>
  );
}

function Bars({ timeline, scale, height, period }: {
  timeline: Timeline; scale: Scale; height: number; period?: Period;
}) {
  const most = Math.max(...timeline.buckets.map((one) => one.count));
  const room = height - FOOT - TOP;
  const isIn = (from: string, to: string) =>
    (!period?.since || to >= period.since) && (!period?.until || from <= period.until);

  return (
    <g class="bars-of-time">
      <text class="most" x={14} y={11}>{number(most)}</text>
      {timeline.buckets.map(({ from, to, count }) => {
        const x = scale.x(dayNumber(from));
        const wide = Math.min(WIDEST, scale.x(dayNumber(to) + 1) - x);
        const tall = count && Math.max(2, (count / most) * room);
        return (
          <rect key={from} class={isIn(from, to) ? undefined : "out"} x={x} y={height - FOOT - tall}
            width={Math.max(1.5, wide - (wide > 4 ? 1 : 0))} height={tall}>
            <title>{`${bucketWords(from, timeline.unit)}: ${number(count)}`}</title>
          </rect>);
      })}
    </g>
  );
}

function Brush({ scale, width, height, period, choose }: {
  scale: Scale; width: number; height: number; period?: Period; choose: Choose;
}) {
  const [drawn, setDrawn] = useState<[number, number] | null>(null);
  const start = useRef<number | null>(null);
  const chosen: [number, number] = drawn ?? [
    period?.since ? dayNumber(period.since) : scale.from,
    period?.until ? dayNumber(period.until) : scale.to - 1,
  ];
  const dayAt = (event: PointerEvent) =>
    scale.at(event.clientX - (event.currentTarget as Element).getBoundingClientRect().left);
  const put = ([a, b]: [number, number], isStep: boolean) => {
    const [since, until] = [Math.min(a, b), Math.max(a, b)];
    choose({
      since: since <= scale.from ? null : dayText(since),
      until: until >= scale.to - 1 ? null : dayText(until),
    }, isStep);
  };
  const ended = (event: PointerEvent) => {
    if (start.current === null) return;
    const to = dayAt(event);
    if (Math.abs(scale.x(to) - scale.x(start.current)) > 3) put([start.current, to], false);
    start.current = null;
    setDrawn(null);
  };
  const inside = (x: number) => Math.min(width, Math.max(0, x));
  const [left, right] = [inside(scale.x(Math.min(...chosen))), inside(scale.x(Math.max(...chosen) + 1))];
  const isAll = drawn === null && !period?.since && !period?.until;

  return (
    <div class="brush" style={{ height: `${height}px` }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = dayAt(event);
      }}
      onPointerMove={(event) => {
        if (start.current !== null) setDrawn([start.current, dayAt(event)]);
      }}
      onPointerUp={ended}
      onPointerCancel={() => { start.current = null; setDrawn(null); }}>
      {!isAll && <div class="period" style={{ left: `${left}px`, width: `${Math.max(2, right - left)}px` }} />}
      {([0, 1] as const).map((end) => (
        <End key={end} end={end} scale={scale} chosen={chosen} left={end ? right : left}
          move={(to) => put(end ? [chosen[0], to] : [to, chosen[1]], true)} />))}
    </div>
  );
}

/* An end of the period, moved by keys: a hundredth of the whole, with Shift a day. */
function End({ end, scale, chosen, left, move }: {
  end: 0 | 1; scale: Scale; chosen: [number, number]; left: number; move: (day: number) => void;
}) {
  const value = chosen[end];
  const [low, high] = end ? [chosen[0], scale.to - 1] : [scale.from, chosen[1]];
  const pressed = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 1 : Math.max(1, Math.round((scale.to - scale.from) / 100));
    const to: Record<string, number> = {
      ArrowLeft: value - step, ArrowDown: value - step, ArrowRight: value + step, ArrowUp: value + step,
      PageDown: value - 10 * step, PageUp: value + 10 * step, Home: low, End: high,
    };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    move(Math.min(high, Math.max(low, next)));
  };

  return (
    <div class="end" style={{ left: `${left}px` }} role="slider" tabIndex={0} data-own-keys
      aria-label={end ? "End of the period" : "Begin of the period"} aria-valuemin={low}
      aria-valuemax={high} aria-valuenow={value} aria-valuetext={day(dayText(value))} onKeyDown={pressed} />
  );
}
