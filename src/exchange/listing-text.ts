/**
 * Reads a listing in plain text or Markdown: heading, tagline, then again and again a line with a date, a line with a
 * title, a paragraph. Blank lines may be missing or doubled. Pure.
 */

import type { Listing } from "./listing.ts";
import { type DateReading, readDate } from "./listing-date.ts";
import { type Group, type Item, placeAll } from "./listing-letters.ts";
import { continues, endsSentence, isLeftover, plainLine, withoutMarks } from "./listing-words.ts";
import { isVagueDate, mayBeDate } from "./vague-date.ts";

/** @param text the whole file; lines end with LF, CRLF or CR */
export function parseTextListing(text: string): Listing {
  const lines = readLines(text);
  const items = findDates(lines);
  const dated = items.some(({ date }) => date !== undefined) ? items : splitDates(lines);
  const starts = dated.flatMap(({ date }, index) => (date === undefined ? [] : [index]));
  // Where each date stands under one line that begins its paragraph, that line is the title.
  const titleFirst =
    starts.length > 1 && starts.every((start) => !dated[start]!.apart && dated[start - 1]?.apart === true);
  const ordered = titleFirst ? dated.map((item, index) => swapped(dated, item, index)) : dated;
  const groups: Group[] = [];
  const front: Item[] = [];
  for (const item of ordered) {
    const group = groups.at(-1);
    if (item.date !== undefined) groups.push({ date: item, rest: [], bounded: false });
    else if (group) groups[groups.length - 1] = { ...group, rest: [...group.rest, item] };
    else front.push(item);
  }
  return placeAll(front, groups, []);
}

function readLines(text: string): Item[] {
  let apart = true;
  return text.split(/\r\n|\n|\r/).flatMap((line, index) => {
    const plain = plainLine(line);
    const item = { text: plain, lines: [index + 1], apart };
    apart = plain === "";
    return apart ? [] : [item];
  });
}

/** Marks the lines that are dates. */
function findDates(lines: readonly Item[]): Item[] {
  const certain = lines.map(({ text }) => readReading(withoutMarks(text)));
  const readings = certain.map(
    (reading, index) => reading ?? (opensLetter(lines, certain, index) ? "unclear" : undefined),
  );
  let since = 0;
  return lines.map((line, index) => {
    const date = readings[index];
    if (date === undefined || (since > 1 && isWrapped(lines, readings, index))) {
      if (!isLeftover(line.text)) since++;
      return line;
    }
    since = 0;
    return { ...line, date };
  });
}

function readReading(text: string): DateReading | undefined {
  return readDate(text) ?? (isVagueDate(text) ? "unclear" : undefined);
}

/** Whether a line stands as the date of one more letter, in words that are not known: after an end, before a title. */
function opensLetter(
  lines: readonly Item[],
  readings: readonly (DateReading | undefined)[],
  at: number,
): boolean {
  const line = lines[at]!;
  const before = lines.slice(0, at).findLastIndex((_, index) => readings[index] !== undefined);
  if (before < 0 || before === at - 1 || !mayBeDate(withoutMarks(line.text))) return false;
  if (!line.apart && !endsSentence(lines[at - 1]!.text)) return false;
  const next = lines.findIndex(({ text }, index) => index > at && !isLeftover(text));
  return next > 0 && readings[next] === undefined && !continues(lines[next]!.text);
}

/** Whether a date is only the piece of a summary's sentence that came to stand on a line of its own. */
function isWrapped(
  lines: readonly Item[],
  readings: readonly (DateReading | undefined)[],
  at: number,
): boolean {
  const line = lines[at]!;
  const next = lines[at + 1];
  if (line.apart || endsSentence(lines[at - 1]!.text)) return false;
  if (/[.,;]$/u.test(line.text)) return true;
  if (next && !next.apart) return continues(next.text);
  const date = readings[at];
  const following = readings[at + 1];
  const opens =
    typeof date === "object" &&
    date.day === undefined &&
    typeof following === "object" &&
    following.year === date.year;
  return next === undefined || (following !== undefined && !opens);
}

/** For a listing without a line that is only a date: "17 October 2023 – Title", "Title (April 2022)". */
function splitDates(lines: readonly Item[]): Item[] {
  return lines.flatMap((line, index): Item[] => {
    const bare = withoutMarks(line.text);
    const before =
      /^(.{6,40}?) ?(?:[–—|:·•]| - ) ?(\S.*)$/u.exec(bare) ?? /^(\d{4}-\d{2}(?:-\d{2})?) (\S.*)$/u.exec(bare);
    const after = line.apart ? /^(\S.*?),? ?[([]([^()[\]]{6,40})[)\]]$/u.exec(bare) : null;
    const [date, title] = before ? [before[1], before[2]] : after ? [after[2], after[1]] : [];
    const reading = date === undefined ? undefined : readReading(date);
    const begins = line.apart || endsSentence(lines[index - 1]!.text);
    if (reading === undefined || title === undefined || (reading === "unclear" && !begins)) return [line];
    if (reading !== "unclear" && reading.month === undefined) return [line];
    return [
      { ...line, text: date!, date: reading },
      { ...line, text: title, apart: false },
    ];
  });
}

/** The title and the date below it change places. */
function swapped(items: readonly Item[], item: Item, index: number): Item {
  const next = items[index + 1];
  if (item.date !== undefined) return { ...items[index - 1]!, apart: false };
  return next?.date === undefined ? item : { ...next, apart: true };
}
