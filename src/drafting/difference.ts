/**
 * What changed between two texts, word by word, in any script: words are found by Unicode's rules (UAX 29, as
 * Intl.Segmenter knows them with the dictionaries for Thai, Chinese, Japanese …), the shortest way from one text to the
 * other by Myers' algorithm. Pure.
 */
import { diffArrays } from "diff";

export interface Piece {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** More edits than this are not looked for: the texts have little in common then, and are shown one after the other. */
const mostLines = 2_000;
const mostWords = 2_000;

/** Of a passage that was written anew, so large a part must be kept for its words to be compared. */
const kinship = 0.25;

/**
 * The pieces of both texts in their order; what was removed stands before what took its place. Those that are not added
 * make up the first text, those that are not removed the second (with line feeds for whatever ended their lines).
 * @param language of both, a BCP 47 tag
 */
export function differenceOf(before: string, after: string, language: string): Piece[] {
  const lines = compare(linesOf(before), linesOf(after), mostLines);
  return joined(lines.flatMap((part) => (part.kind === "changed" ? words(part, language) : [part])));
}

/** Whether anything changed. */
export function differs(pieces: readonly Piece[]): boolean {
  return pieces.some(({ kind }) => kind !== "same");
}

type Part = Piece | { readonly kind: "changed"; readonly removed: string; readonly added: string };

/** Parts that are the same, only removed, only added, or changed from one into another. */
function compare(before: string[], after: string[], most: number): Part[] {
  const changes = diffArrays(before, after, { maxEditLength: most });
  if (!changes) return [partOf(before.join(""), after.join(""))];
  const parts: Part[] = [];
  let removed = "";
  let added = "";
  const flush = () => {
    if (removed || added) parts.push(partOf(removed, added));
    removed = "";
    added = "";
  };
  for (const change of changes) {
    const text = change.value.join("");
    if (change.removed) removed += text;
    else if (change.added) added += text;
    else {
      flush();
      parts.push({ kind: "same", text });
    }
  }
  flush();
  return parts;
}

function partOf(removed: string, added: string): Part {
  if (removed === "") return { kind: "added", text: added };
  if (added === "") return { kind: "removed", text: removed };
  return { kind: "changed", removed, added };
}

/** A changed passage by its words, or as a whole where hardly any were kept. */
function words({ removed, added }: Part & { kind: "changed" }, language: string): Piece[] {
  const segmenter = new Intl.Segmenter(language, { granularity: "word" });
  const wordsOf = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);
  const parts = withoutIslands(compare(wordsOf(removed), wordsOf(added), mostWords));
  const kept = parts.reduce((sum, part) => sum + (part.kind === "same" ? part.text.length : 0), 0);
  const whole: Part = { kind: "changed", removed, added };
  return (kept < kinship * Math.max(removed.length, added.length) ? [whole] : parts).flatMap((part) =>
    part.kind === "changed"
      ? [
          { kind: "removed", text: part.removed },
          { kind: "added", text: part.added },
        ]
      : [part],
  );
}

/** A space or a comma that stayed between two changes is read with them. */
function withoutIslands(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const [index, part] of parts.entries()) {
    const before = result.at(-1);
    const next = parts[index + 1];
    const island =
      part.kind === "same" &&
      before &&
      before.kind !== "same" &&
      next &&
      /^[^\p{L}\p{N}\n]*$/u.test(part.text);
    if (island) result[result.length - 1] = sum(before, part);
    else if (part.kind !== "same" && before && before.kind !== "same")
      result[result.length - 1] = sum(before, part);
    else result.push(part);
  }
  return result;
}

function sum(one: Part, other: Part): Part {
  return partOf(oldText(one) + oldText(other), newText(one) + newText(other));
}
const oldText = (part: Part) =>
  part.kind === "changed" ? part.removed : part.kind === "added" ? "" : part.text;
const newText = (part: Part) =>
  part.kind === "changed" ? part.added : part.kind === "removed" ? "" : part.text;

/** Neighbours of one kind as one piece. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const before = result.at(-1);
    if (before?.kind === piece.kind) result[result.length - 1] = { ...piece, text: before.text + piece.text };
    else result.push(piece);
  }
  return result;
}

/** The lines of a text, each with its end. */
function linesOf(text: string): string[] {
  return text.replaceAll(/\r\n?/g, "\n").split(/(?<=\n)/);
}
