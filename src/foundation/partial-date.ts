/**
 * A date known to the day, the month or the year. As a number it is yyyymmdd with zeros for what is not known
 * (20231017, 20220400, 20150000), so that descending numeric order puts a month after the days known in it and
 * a year after its months. A day is never known without its month.
 */
export interface PartialDate {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
}

/** Days in a month of the Gregorian calendar; month counts from 1. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** A partial date from its parts, zero or absent for what is not known; undefined where the calendar has no such date. */
export function makePartialDate(year: number, month = 0, day = 0): PartialDate | undefined {
  if (![year, month, day].every(Number.isInteger)) return undefined;
  if (year < 1000 || year > 9999 || month < 0 || month > 12 || day < 0) return undefined;
  if (month === 0) return day === 0 ? { year } : undefined;
  if (day === 0) return { year, month };
  return day <= daysIn(year, month) ? { year, month, day } : undefined;
}

/** Reads "2023-10-17", "2022-04" or "2015" (ISO 8601, years 1000 to 9999) and nothing else. */
export function parsePartialDate(text: string): PartialDate | undefined {
  const [whole, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (whole === undefined || month === "00" || day === "00") return undefined;
  return makePartialDate(Number(year), Number(month ?? 0), Number(day ?? 0));
}

/** Reads the number form. Throws when it is no date: the database holds none such. */
export function partialDateFromNumber(number: number): PartialDate {
  const date = makePartialDate(Math.floor(number / 10000), Math.floor(number / 100) % 100, number % 100);
  if (!date) throw new Error(`${number} is not a partial date`);
  return date;
}

/** The number form, by which dates are stored and sorted. */
export function partialDateToNumber(date: PartialDate): number {
  return date.year * 10000 + (date.month ?? 0) * 100 + (date.day ?? 0);
}

/** "2023-10-17", "2022-04" or "2015": a valid value for <time datetime>. */
export function partialDateToString(date: PartialDate): string {
  return [date.year, date.month, date.day]
    .filter((part) => part !== undefined)
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

/** English with the day first, Arabic with its own digits; other languages as they are. */
const locales: Readonly<Record<string, string>> = { en: "en-GB", ar: "ar-EG" };
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: string, precision: "day" | "month" | "year"): Intl.DateTimeFormat {
  const key = `${language} ${precision}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locales[language] ?? language, {
      timeZone: "UTC",
      calendar: "gregory",
      year: "numeric",
      ...(precision !== "year" && { month: "long" }),
      ...(precision === "day" && { day: "numeric" }),
    });
    formatters.set(key, found);
  }
  return found;
}

/** "17 October 2023", "April 2022" or "2015", as the language writes it. */
export function formatPartialDate(date: PartialDate, language: string): string {
  const { year, month, day } = date;
  const precision = day !== undefined ? "day" : month !== undefined ? "month" : "year";
  const text = formatter(language, precision).format(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  // French writes the first of a month as an ordinal; Intl does not know this.
  return language === "fr" && day === 1 ? text.replace(/^1(?=\s)/, "1er") : text;
}
