/** Days, put together into weeks, months or years: what one bar of a chart stands for. Pure; all in UTC. */
import type { DayRow, Numbers } from "../../../signing/statistics.ts";

export const units = ["day", "week", "month", "year"] as const;
export type Unit = (typeof units)[number];

export interface Period extends Numbers {
  /** The first and the last day, yyyy-mm-dd; whole, even where signing began within it. */
  readonly from: string;
  readonly to: string;
}

export interface Span {
  readonly first: string;
  readonly last: string;
}

const day = 86_400_000;
const at = (date: string) => new Date(`${date}T00:00:00Z`);
const dateOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);

/** The first day of the period that holds a day. Weeks begin on Monday (ISO 8601). */
function begin(unit: Unit, date: string): string {
  if (unit === "day") return date;
  if (unit === "week") return dateOf(at(date).getTime() - ((at(date).getUTCDay() + 6) % 7) * day);
  return unit === "month" ? `${date.slice(0, 7)}-01` : `${date.slice(0, 4)}-01-01`;
}

/** The first day of the period after the one that begins on a day. */
function next(unit: Unit, from: string): string {
  if (unit === "day" || unit === "week") return dateOf(at(from).getTime() + (unit === "day" ? 1 : 7) * day);
  const [year, month] = from.split("-").map(Number) as [number, number];
  return dateOf(unit === "month" ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1));
}

/** How many periods a span has. */
function lengthOf(unit: Unit, { first, last }: Span): number {
  const days = (at(last).getTime() - at(begin(unit, first)).getTime()) / day + 1;
  if (unit === "day" || unit === "week") return Math.ceil(days / (unit === "day" ? 1 : 7));
  const years = Number(last.slice(0, 4)) - Number(first.slice(0, 4));
  return unit === "year" ? years + 1 : years * 12 + Number(last.slice(5, 7)) - Number(first.slice(5, 7)) + 1;
}

/** As many bars as one chart can show. */
const most = 120;

/** By which periods a span can be shown: those of which it has more than one, and not too many. */
export function possibleUnits(span: Span): Unit[] {
  return units
    .filter((unit) => unit === "day" || lengthOf(unit, span) > 1)
    .filter((unit) => lengthOf(unit, span) <= most);
}

/** By which it is shown best: the shortest of which there are not many more than sixty. */
export function bestUnit(span: Span): Unit {
  return units.find((unit) => lengthOf(unit, span) <= 66) ?? "year";
}

/** Every period of a span, also those in which nobody signed. */
export function periodsOf(days: readonly DayRow[], unit: Unit, span: Span): Period[] {
  const byPeriod = Map.groupBy(days, (row) => begin(unit, row.day));
  const periods: Period[] = [];
  for (let from = begin(unit, span.first); from <= span.last; from = next(unit, from)) {
    const those = byPeriod.get(from) ?? [];
    const sum = (name: keyof Numbers) => those.reduce((total, row) => total + row[name], 0);
    periods.push({
      from,
      to: dateOf(at(next(unit, from)).getTime() - day),
      people: sum("people"),
      organisations: sum("organisations"),
      unnamed: sum("unnamed"),
    });
  }
  return periods;
}
