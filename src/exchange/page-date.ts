/** Finds the date of a letter in one line of a page: alone, in a <time>, or set apart from the rest. Pure. */
import type { PartialDate } from "../foundation/partial-date.ts";
import { type DateReading, readDate } from "./listing-date.ts";
import { plainLine } from "./listing-words.ts";
import { attribute, type Element, type Piece } from "./page-pieces.ts";
import { isVagueDate } from "./vague-date.ts";

/** What sets a date apart from a title in one line. */
const marks = /^[\s()[\]{}|,:;·•–—-]+|[\s()[\]{}|,:;·•–—-]+$/gu;
const endsWithMark = /[([{|,:;·•–—-]\s*$/u;
const startsWithMark = /^\s*[)\]}|,:;·•–—-]/u;

/** With more text than this around it, a <time> in the middle of a line belongs to a sentence. */
const longestAround = 80;

/** What a <time> may say when its datetime is taken: "17 Oct", "two years ago". More is no date. */
const longestTime = 40;

export interface FoundDate {
  readonly before: readonly Piece[];
  readonly pieces: readonly Piece[];
  readonly date: DateReading;
  readonly after: readonly Piece[];
}

/** The first date of a line. Marks between it and the rest are taken away. */
export function findDate(line: readonly Piece[]): FoundDate | undefined {
  const whole = readDate(textOf(line).replace(marks, ""));
  if (whole !== undefined && line.some(({ raw }) => plainLine(raw) !== "")) {
    return { before: [], pieces: line, date: whole, after: [] };
  }
  for (const { start, end } of stretches(line)) {
    const pieces = line.slice(start, end);
    const [before, after] = [line.slice(0, start), line.slice(end)];
    const time = pieces[0]!.time;
    const date = time ? readTime(time, textOf(pieces)) : readDate(textOf(pieces).replace(marks, ""));
    if (date === undefined) continue;
    if (time ? inSentence(before, after) : !isSetApart(before, pieces, after)) continue;
    return {
      before: cut(before, -1, /[\s([{|,:;·•–—-]+$/u),
      pieces,
      date,
      after: cut(after, 0, /^[\s)\]}|,:;·•–—-]+/u),
    };
  }
  return isVagueDate(textOf(line).replace(marks, ""))
    ? { before: [], pieces: line, date: "unclear", after: [] }
    : undefined;
}

/** Pieces that belong together: one text node, or all of one <time>. */
function stretches(line: readonly Piece[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  line.forEach((piece, index) => {
    const last = found.at(-1);
    if (last && piece.time && line[last.start]!.time === piece.time) last.end = index + 1;
    else found.push({ start: index, end: index + 1 });
  });
  return found;
}

/** What a <time> says, else what it means: its text is at the precision that the publisher chose to show. */
function readTime(time: Element, text: string): PartialDate | undefined {
  const shown = readDate(text.replace(marks, ""));
  if (typeof shown === "object") return shown;
  if (text.length > longestTime) return undefined;
  const meant = readDate((attribute(time, "datetime") ?? "").split(/[T ]/u)[0]!);
  return typeof meant === "object" ? meant : undefined;
}

function inSentence(before: readonly Piece[], after: readonly Piece[]): boolean {
  const [left, right] = [textOf(before), textOf(after)];
  return left !== "" && right !== "" && left.length + right.length > longestAround;
}

/** At the start or the end of the line, with a mark or the bound of a link between it and the rest. */
function isSetApart(before: readonly Piece[], pieces: readonly Piece[], after: readonly Piece[]): boolean {
  const raw = pieces[0]!.raw;
  const [left, right] = [before.filter(saysSomething), after.filter(saysSomething)];
  if (left.length === 0) {
    const next = right[0]!;
    return next.href !== pieces[0]!.href || endsWithMark.test(raw) || startsWithMark.test(next.raw);
  }
  if (right.length > 0 && !right.every(({ raw: rest }) => rest.replace(marks, "") === "")) return false;
  const last = left.at(-1)!;
  return last.href !== pieces[0]!.href || /^\s*[([{|·•–—-]/u.test(raw) || /[([{|·•–—-]\s*$/u.test(last.raw);
}

function saysSomething({ raw }: Piece): boolean {
  return plainLine(raw) !== "";
}

/** Cuts marks where the date stood. A piece of which nothing is left stays, for its lines. */
function cut(pieces: readonly Piece[], at: number, pattern: RegExp): readonly Piece[] {
  const piece = pieces.at(at);
  return piece ? pieces.with(at, { ...piece, raw: piece.raw.replace(pattern, " ") }) : pieces;
}

function textOf(pieces: readonly Piece[]): string {
  return plainLine(pieces.map(({ raw }) => raw).join(""));
}
