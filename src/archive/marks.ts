/**
 * Matches inside a text. PostgreSQL puts two private-use characters around each; rooms pass on plain pieces, and the
 * page escapes every piece before it marks it. Pure.
 */

import { fold } from "../foundation/fold.ts";

/** What PostgreSQL puts before and after a match. Texts are stripped of both before. */
export const markStart = "\ue000";
export const markStop = "\ue001";

/** The words that a query in PostgreSQL's notation is made of: 'access' & 'librari'. */
export function lexemesOf(query: string): string[] {
  const quoted = query.matchAll(/'((?:[^']|'')+)'/g);
  return [...new Set(Array.from(quoted, ([, lexeme]) => lexeme!.replaceAll("''", "'")))];
}

export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** Takes a text with delimiters apart. */
export function piecesOf(text: string): Piece[] {
  let marked = false;
  return text.split(/([\ue000\ue001])/).flatMap((part) => {
    if (part === markStart || part === markStop) {
      marked = part === markStart;
      return [];
    }
    return part === "" ? [] : [{ text: part, marked }];
  });
}

const word = /([\p{L}\p{M}\p{N}]+)/u;

/**
 * Marks words in a name. Names are searched by their words as they are, without stemming, so no question to the
 * database is needed.
 * @param words folded
 */
export function markWords(name: string, words: ReadonlySet<string>): Piece[] {
  const parts = name.split(word).filter((part) => part !== "");
  return parts.map((text) => ({ text, marked: word.test(text) && words.has(fold(text)) }));
}

/**
 * Whether a name has enough of what was looked for to be shown for it: a word of some length, or every word there was,
 * as AT&T for "AT&T". "Of" alone is not enough.
 */
export function isTelling(pieces: readonly Piece[], words: ReadonlySet<string>): boolean {
  const found = new Set(pieces.flatMap(({ text, marked }) => (marked ? [fold(text)] : [])));
  return found.size === words.size || [...found].some((one) => [...one].length >= 4);
}

/** Whether anything in a text is marked. */
export function hasMarks(text: string): boolean {
  return text.includes(markStart);
}

/** An excerpt of a letter's Markdown as plain words: link targets and the signs of the markup are left out. */
export function excerptOf(text: string): Piece[] {
  return piecesOf(
    text
      .replace(/\]\([^)\n]*\)/g, "")
      .replace(/[*_#>`[\]\\]+/g, "")
      .replace(/\s+/g, " ")
      .trim(),
  );
}
