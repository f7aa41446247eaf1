/* Days as numbers, and the marks of a time axis. */
const DAY = 86400000;

/* Days since 1970-01-01, of 2012-02-21, 2012-02 or 2012. */
export function dayNumber(text: string): number {
  const [year = 1970, month = 1, date = 1] = text.split("-").map(Number);
  const at = new Date(0);

  at.setUTCFullYear(year, month - 1, date);
  return Math.round(at.getTime() / DAY);
}

export function dayText(day: number): string {
  const at = new Date(Math.round(day) * DAY);
  return [String(at.getUTCFullYear()).padStart(4, "0"), two(at.getUTCMonth() + 1), two(at.getUTCDate())]
    .join("-");
}

const two = (n: number) => String(n).padStart(2, "0");

export interface Tick { day: number; words: string }

const STEPS: [step: number, unit: "year" | "month" | "day", about: number][] = [
  [1, "day", 1], [7, "day", 7], [1, "month", 30], [3, "month", 91], [1, "year", 365], [2, "year", 731],
  [5, "year", 1826], [10, "year", 3652], [25, "year", 9131], [50, "year", 18262], [100, "year", 36525],
];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/* Marks between two days, at most `most`, where years, months or days begin. */
export function ticks(from: number, to: number, most: number): Tick[] {
  const [step, unit] = STEPS.find(([, , about]) => (to - from) / about <= most) ?? STEPS.at(-1)!;
  const found: Tick[] = [];

  for (let day = firstMark(from, step, unit); day <= to; day = nextMark(day, step, unit))
    found.push({ day, words: tickWords(day, unit) });
  return found;
}

function firstMark(from: number, step: number, unit: string): number {
  const [year = 0, month = 1] = dayText(from).split("-").map(Number);

  if (unit === "day") return Math.ceil(from);
  let day = unit === "year"
    ? dayNumber(String(year - (year % step)).padStart(4, "0"))
    : dayNumber(`${year}-${two(month - ((month - 1) % step))}`);
  while (day < from) day = nextMark(day, step, unit);
  return day;
}

function nextMark(day: number, step: number, unit: string): number {
  const [year = 0, month = 1] = dayText(day).split("-").map(Number);

  if (unit === "day") return day + step;
  if (unit === "year") return dayNumber(String(year + step));
  const months = year * 12 + month - 1 + step;
  return dayNumber(`${Math.floor(months / 12)}-${two((months % 12) + 1)}`);
}

function tickWords(day: number, unit: string): string {
  const [year, month, date] = dayText(day).split("-").map(Number);

  if (unit === "year") return String(year);
  if (unit === "month") return month === 1 ? String(year) : MONTHS[month! - 1]!;
  return `${date} ${MONTHS[month! - 1]}`;
}
