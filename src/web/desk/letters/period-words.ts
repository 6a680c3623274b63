/** Periods in the reader's words. */
import type { PartialDate } from "../../../foundation/partial-date.ts";
import type { PageContext } from "../../deps.ts";
import type { Period, Unit } from "./periods.ts";

/** "4 November 2026", "2–8 November 2026", "November 2026", "2026". */
export function periodName({ t }: PageContext, unit: Unit, { from, to }: Period): string {
  if (unit !== "week") return t.date(partial(unit, from));
  const format = new Intl.DateTimeFormat(t.formattingTag, { dateStyle: "long", timeZone: "UTC" });
  return format.formatRange(new Date(from), new Date(to));
}

/** The same on an axis: "4 Nov", "Nov 2026". */
export function periodMark({ t }: PageContext, unit: Unit, { from }: Period): string {
  if (unit === "year") return t.date(partial(unit, from));
  const parts = unit === "month" ? { month: "short", year: "numeric" } : { day: "numeric", month: "short" };
  return new Intl.DateTimeFormat(t.formattingTag, {
    ...(parts as Intl.DateTimeFormatOptions),
    timeZone: "UTC",
  }).format(new Date(from));
}

function partial(unit: Unit, date: string): PartialDate {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  if (unit === "day") return { year, month, day };
  return unit === "month" ? { year, month } : { year };
}
