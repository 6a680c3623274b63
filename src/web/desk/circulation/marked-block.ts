/** A paragraph of a letter with words marked in it, and a sign after each passage. */
import { oneLine } from "../../../drafting/comment.ts";
import { type Html, html, raw } from "../../../foundation/html.ts";
import type { Block } from "../../../foundation/markdown.ts";

export interface Mark {
  /** Words of the block; where they are all of it, or do not stand in it, its end is marked and no word. */
  readonly quote: string;
  /** Stands after the words. */
  readonly sign: Html;
  /** Whether the words themselves are marked. */
  readonly loud: boolean;
}

/** Where words begin in a block, for the order of several; those that are no part of it come last. */
export function placeInBlock({ words }: Block, quote: string): number {
  const line = oneLine(words);
  const named = oneLine(quote);
  const at = named === line ? -1 : line.indexOf(named);
  return at === -1 ? Number.MAX_SAFE_INTEGER : at;
}

/** The block's HTML, which is the renderer's own and so well formed, with its marks. */
export function markedBlock(block: Block, marks: readonly Mark[]): Html {
  // A tag, or a character of the text.
  const pieces = String(block.html).match(/<[^>]*>|&#?\w+;|[^<&]/gu) ?? [];
  const { line, at } = readLine(pieces);
  const covered = new Set<number>();
  const signs = new Map<number, Html[]>();
  for (const { quote, sign, loud } of marks) {
    const named = oneLine(quote);
    const from = named === line ? -1 : line.indexOf(named);
    const last = at[from === -1 ? line.length - 1 : from + named.length - 1];
    if (last === undefined) continue;
    signs.set(last, [...(signs.get(last) ?? []), sign]);
    if (loud && from !== -1) for (let piece = at[from]!; piece <= last; piece += 1) covered.add(piece);
  }
  return write(pieces, covered, signs);
}

/** The text in one line, and for each place in it the piece where it stands. */
function readLine(pieces: readonly string[]): { readonly line: string; readonly at: readonly number[] } {
  let line = "";
  const at: number[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (piece.startsWith("<")) continue;
    const character = /\s/.test(piece) ? " " : unescaped(piece);
    if (character === " " && (line === "" || line.endsWith(" "))) continue;
    line += character;
    for (let unit = 0; unit < character.length; unit += 1) at.push(index);
  }
  return line.endsWith(" ") ? { line: line.slice(0, -1), at: at.slice(0, -1) } : { line, at };
}

function unescaped(piece: string): string {
  const known: Record<string, string> = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
  };
  return known[piece] ?? piece;
}

function write(
  pieces: readonly string[],
  covered: ReadonlySet<number>,
  signs: ReadonlyMap<number, readonly Html[]>,
): Html {
  let out = "";
  let run = "";
  let inLink = false;
  let waiting: Html[] = [];
  const endRun = () => {
    // Between two items of a list only blanks may stand.
    out += run.trim() === "" ? run : `<mark>${run}</mark>`;
    run = "";
  };
  for (const [index, piece] of pieces.entries()) {
    const marked = covered.has(index) && !piece.startsWith("<");
    if (!marked) endRun();
    if (marked) run += piece;
    else out += piece;
    if (/^<a[\s>]/.test(piece)) inLink = true;
    if (piece === "</a>") inLink = false;
    waiting.push(...(signs.get(index) ?? []));
    // A sign is a link, and stands in no other.
    if (waiting.length > 0 && !inLink) {
      endRun();
      out += html`${waiting}`.toString();
      waiting = [];
    }
  }
  endRun();
  return raw(out);
}
