/**
 * Matches inside a text. PostgreSQL puts two private-use characters around each; rooms pass on plain pieces, and the
 * page escapes every piece before it marks it. Pure.
 */

/** What PostgreSQL puts before and after a match. Texts are stripped of both before. */
export const markStart = "\ue000";
export const markStop = "\ue001";

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
