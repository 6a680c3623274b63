/** Shows what a listing holds and what would be done with it, for a terminal. Pure; plain text, a line each. */
import { partialDateToString } from "../foundation/partial-date.ts";
import type { ImportOptions, PlannedLetter } from "./import-letters.ts";
import type { NotPlaced, Passage, Reason } from "./listing.ts";
import type { ReadListing } from "./read-listing.ts";

const reasons: Readonly<Record<Reason, string>> = {
  front: "before the first letter",
  furniture: "navigation, header or footer of the page",
  leftover: "left over from a page",
  group: "stands above a group of letters",
  "unclear-date": "under a date that cannot be relied on",
  "no-title": "a date without a title",
  "second-date": "a second date",
  label: "between date, title and summary",
  after: "after the summary had ended",
  between: "outside any letter",
};

/** @param name how the file is called */
export function describeListing(name: string, read: ReadListing, plan: readonly PlannedLetter[]): string[] {
  const { listing, form, encoding, lines } = read;
  return [
    `${name}: ${form === "html" ? "HTML" : "plain text"}, ${encoding}, ${count(lines, "line")}`,
    "",
    `Heading  ${siteWord(listing.heading)}`,
    `Tagline  ${siteWord(listing.tagline)}`,
    "",
    ...plan.flatMap(describeLetter),
    ...describeNotPlaced(listing.notPlaced),
  ];
}

function siteWord(passage: Passage | undefined): string {
  return passage ? `${passage.text} (${lineNumbers(passage.lines)})` : "none";
}

function describeLetter({ letter, kind, state, slug }: PlannedLetter, index: number): string[] {
  const fate = { new: kind, present: "already there", repeated: "repeated in this file" }[state];
  const head = [`${index + 1}.`.padEnd(4), partialDateToString(letter.date).padEnd(10), letter.title].join(
    " ",
  );
  const details = [
    `${fate}, “${letter.written}”, ${lineNumbers(letter.lines)}${slug === undefined ? "" : `, /letters/${slug}`}`,
    letter.summary || "(no summary)",
    ...(letter.href ? [letter.href] : []),
  ];
  return [head, ...details.map((detail) => " ".repeat(16) + detail), ""];
}

function describeNotPlaced(notPlaced: readonly NotPlaced[]): string[] {
  if (notPlaced.length === 0) return ["Every line has its place.", ""];
  const rows = notPlaced.map(
    ({ text, lines, reason }) => `  ${lineNumbers(lines)}: “${text}” (${reasons[reason]})`,
  );
  return [`Not placed (${count(notPlaced.length, "passage")}):`, ...rows, ""];
}

/** "line 3", "lines 3–5, 9" */
export function lineNumbers(lines: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else ranges.push([line, line]);
  }
  const words = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return `${lines.length === 1 ? "line" : "lines"} ${words.join(", ")}`;
}

/** What was done, or would be. */
export function describeOutcome(
  plan: readonly PlannedLetter[],
  options: ImportOptions,
  written: boolean,
): string[] {
  const of = (state: PlannedLetter["state"]) => plan.filter((planned) => planned.state === state).length;
  const parts = [
    `${of("new")} ${written ? "imported" : "new"}`,
    `${of("present")} already there`,
    ...(of("repeated") > 0 ? [`${of("repeated")} repeated in the file`] : []),
  ];
  const { publisherRole, language, kind, takeHeading } = options;
  return [
    `${count(plan.length, "letter")}: ${parts.join(", ")}.`,
    `Publisher's role: ${publisherRole ?? "none"}. Language: ${language}. Kind: ${kind ?? "by the title"}. ` +
      `Heading and tagline: ${takeHeading ? "for the site" : "left as the site has them"}.`,
    ...(written ? [] : ["Nothing was written. With --write the new ones are imported."]),
  ];
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
