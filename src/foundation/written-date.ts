/**
 * Dates as organisations write them above the letters they list, in English, French and Spanish. Purely numeric
 * dates other than ISO 8601 are not read: 10/11/2023 is one day in Paris and another in Boston.
 */
import { fold } from "./fold.ts";
import { makePartialDate, type PartialDate, parsePartialDate } from "./partial-date.ts";

/** Each month as it is written, folded: English, French, Spanish, their abbreviations without the full stop. */
const months: readonly string[] = [
  "january jan janvier janv enero ene",
  "february feb fevrier fevr fev febrero",
  "march mar mars marzo",
  "april apr avril avr abril abr",
  "may mai mayo",
  "june jun juin junio",
  "july jul juillet juil julio",
  "august aug aout agosto ago",
  "september sept sep septembre septiembre setiembre set",
  "october oct octobre octubre",
  "november nov novembre noviembre",
  "december dec decembre diciembre dic",
];
const monthNumbers = new Map(
  months.flatMap((names, index) => names.split(" ").map((name): [string, number] => [name, index + 1])),
);

const weekdays = new Set(
  (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun " +
    "lundi mardi mercredi jeudi vendredi samedi dimanche " +
    "lunes martes miercoles jueves viernes sabado domingo"
  ).split(" "),
);

const day = String.raw`(?<day>0?[1-9]|[12]\d|3[01]) ?(?:st|nd|rd|th|er|\.?o)?`;
const month = String.raw`(?<month>[a-z]+)\.?`;
const year = String.raw`(?<year>\d{4})`;
const forms = [
  // 17 October 2023; 17th of October, 2023; 1er mars 2021; 17 de octubre del 2023
  new RegExp(`^${day} (?:of |de )?${month},? (?:del? )?${year}$`),
  // October 17, 2023; Oct. 17th 2023; octubre 17 de 2023
  new RegExp(`^${month} ${day},? (?:de )?${year}$`),
  // April 2022; Apr. 2022; abril de 2022
  new RegExp(`^${month},? (?:del? )?${year}$`),
];

/**
 * Reads a line that is a date and nothing else.
 * @param text one line; stray and non-breaking blanks, capitals, accents and a weekday before the date do not matter
 * @returns the date at the precision written; undefined when the line is anything else, or no day of the calendar
 */
export function parseWrittenDate(text: string): PartialDate | undefined {
  const line = fold(text)
    .replace(/ +(?=[,.])/g, "")
    .replace(/,(?=\S)/g, ", ")
    .replace(/[.,:;]$/, "");
  const [first = "", rest = ""] = line.split(/[,.]? (.*)/, 2);
  const bare = weekdays.has(first) ? rest.replace(/^el /, "") : line;
  const iso = parsePartialDate(bare);
  if (iso) return iso;
  for (const form of forms) {
    const found = form.exec(bare)?.groups;
    const number = found && monthNumbers.get(found.month!);
    if (number) return makePartialDate(Number(found.year), number, Number(found.day ?? 0));
  }
  return undefined;
}
