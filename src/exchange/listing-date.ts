/**
 * Dates above listed letters. English, French, Spanish and ISO 8601 are read by foundation/written-date.ts; here come
 * other languages, whose months Intl knows, and lines that look like a date and are none that can be relied on.
 */
import { fold } from "../foundation/fold.ts";
import { makePartialDate, type PartialDate } from "../foundation/partial-date.ts";
import { parseWrittenDate } from "../foundation/written-date.ts";

/**
 * A date; or "unclear": no day of the calendar (31 February 2022), one that reads two ways (04/10/2022), or one that
 * names no day, month or year alone (Early 2019; vague-date.ts).
 */
export type DateReading = PartialDate | "unclear";

/** Arabic has three sets of month names in use: Egypt and the Gulf, the Levant and Iraq, the Maghreb. */
const tags = [
  "en",
  "fr",
  "es",
  "ar",
  "ar-SY",
  "ar-DZ",
  "ar-MA",
  "de",
  "pt",
  "it",
  "nl",
  "ca",
  "sv",
  "pl",
  "ru",
  "uk",
];
/** Names of months and weekdays, folded. */
export const months = new Map<string, number>();
export const weekdays = new Set<string>();
for (const tag of tags) {
  const name = (at: number, options: Intl.DateTimeFormatOptions, type: Intl.DateTimeFormatPartTypes) =>
    fold(
      new Intl.DateTimeFormat(tag, { timeZone: "UTC", calendar: "gregory", ...options })
        .formatToParts(at)
        .find((part) => part.type === type)?.value ?? "",
    ).replace(/\.$/u, "");
  for (let month = 0; month < 12; month++) {
    const at = Date.UTC(2024, month, 15);
    // With a day beside it a month stands in another case: "15 октября".
    for (const options of [
      { month: "long" },
      { month: "long", day: "numeric" },
      { month: "short" },
    ] as const) {
      const word = name(at, options, "month");
      if (/\p{L}/u.test(word) && !months.has(word)) months.set(word, month + 1);
    }
  }
  for (let day = 1; day <= 7; day++) {
    for (const weekday of ["long", "short"] as const) {
      weekdays.add(name(Date.UTC(2024, 0, day), { weekday }, "weekday"));
    }
  }
}

export const digits: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", (digit, index) => [digit, String(index % 10)]),
);
const introductions =
  /^(?:date|dated|published(?: on)?|posted(?: on)?|publie le|date de publication|fecha|publicado(?: el)?|التاريخ|نشر في|بتاريخ) ?:? (?=\S)/u;
const particles = new Set("the of on de del do da di du le el den d'".split(" "));
const ordinal = /^(\d{1,2})(?:st|nd|rd|th|er|º|ª|o|a)?[.]?$/u;

/**
 * Reads a line that is a date and nothing else, at the precision written.
 * @param text a plain line (listing-words.ts)
 * @returns undefined when the line is anything else
 */
export function readDate(text: string): DateReading | undefined {
  if (text.length > 60 || !/\p{N}/u.test(text)) return undefined;
  const line = fold(text)
    .replace(/[٠-٩۰-۹]/gu, (digit) => digits[digit]!)
    .replace(introductions, "");
  return parseWrittenDate(line) ?? readNumeric(line) ?? readWords(line);
}

/** 17.10.2023 has the day first wherever it is written; 17/10/2023 can be nothing else; 04/10/2023 is unclear. */
function readNumeric(line: string): DateReading | undefined {
  const parts = /^(\d{1,4})([./-])(\d{1,2})(?:\2(\d{1,4}))?\.?$/u.exec(line);
  if (!parts) return undefined;
  const [, a = "", mark, b = "", c] = parts;
  if (c === undefined) return readMonthOf(a, b, mark!);
  const [first, second, third] = [Number(a), Number(b), Number(c)];
  if (a.length === 4) return makePartialDate(first, second || 13, third || 32) ?? "unclear";
  if (c.length !== 4) return "unclear";
  const dayFirst = makePartialDate(third, second || 13, first || 32);
  const monthFirst = makePartialDate(third, first || 13, second || 32);
  if (mark === "." || first === second) return dayFirst ?? "unclear";
  return dayFirst && monthFirst ? "unclear" : (dayFirst ?? monthFirst ?? "unclear");
}

/** 2022-4 and 2022/04. */
function readMonthOf(a: string, b: string, mark: string): DateReading | undefined {
  if (a.length === 4 && mark !== ".") return makePartialDate(Number(a), Number(b) || 13) ?? "unclear";
  return undefined;
}

/** A year, a month's name and perhaps a day, in any order that tells them apart. */
function readWords(line: string): DateReading | undefined {
  const words = line.split(/[\s,،]+|(?<=\p{L})\.(?=\s|$)/u).filter((word) => word && !particles.has(word));
  if (weekdays.has(words[0] ?? "")) words.shift();
  const year = words.filter((word) => /^\d{4}$/u.test(word));
  const day = words.map((word) => ordinal.exec(word)?.[1]).filter((word) => word !== undefined);
  const names = words.filter((word) => !/^\d/u.test(word)).join(" ");
  const month = months.get(names) ?? months.get(names.replace(/\.$/u, ""));
  if (year.length !== 1 || day.length > 1 || month === undefined) return undefined;
  if (year.length + day.length + names.split(" ").length !== words.length) return undefined;
  const number = day[0] === undefined ? 0 : Number(day[0]);
  return (
    (day[0] !== undefined && number === 0 ? undefined : makePartialDate(Number(year[0]), month, number)) ??
    "unclear"
  );
}
