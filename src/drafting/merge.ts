/** Puts two editors' work together, where both began from the same edition. Pure. */
import { diffArrays } from "diff";
import { type FactName, factNames, type TextField, textFields } from "./compare.ts";
import type { DraftDocument, DraftText } from "./document.ts";

export interface Merge {
  readonly document: DraftDocument;
  /** What both have changed: of a text, both versions of a passage stand one after the other; else mine stands. */
  readonly both: readonly (TextField | FactName)[];
}

/**
 * @param base what both began from
 * @param language the one whose text was worked on
 */
export function mergeDocuments(
  base: DraftDocument,
  mine: DraftDocument,
  theirs: DraftDocument,
  language: string,
): Merge {
  const both: (TextField | FactName)[] = [];
  const document: Record<string, unknown> = { ...theirs };
  for (const name of factNames) {
    const [was, my, their] = [base, mine, theirs].map((one) => JSON.stringify(one[name]));
    if (my === their || my === was) continue;
    document[name] = mine[name];
    if (their !== was) both.push(name);
  }
  const text: DraftText = { ...theirs.texts[language]!, ...pick(mine.texts[language], "of") };
  for (const field of textFields) {
    const [was = "", my = "", their = ""] = [base, mine, theirs].map((one) => one.texts[language]?.[field]);
    const merged = mergeTexts(was, my, their);
    text[field] = merged.both && field === "title" ? my : merged.text;
    if (merged.both) both.push(field);
  }
  document.texts = { ...theirs.texts, [language]: text };
  return { document: document as DraftDocument, both };
}

function pick(text: DraftText | undefined, name: "of"): { of?: string } {
  return text?.[name] === undefined ? {} : { [name]: text[name] };
}

/** A run of lines of the base, and what took its place. */
interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** Three texts into one, line by line. Where both changed the same lines differently, theirs stands before mine. */
export function mergeTexts(base: string, mine: string, theirs: string): { text: string; both: boolean } {
  if (mine === theirs || theirs === base) return { text: mine, both: false };
  if (mine === base) return { text: theirs, both: false };
  const lines = linesOf(base);
  const hunks = [
    ...hunksOf(lines, linesOf(mine)).map((hunk) => ({ ...hunk, mine: true })),
    ...hunksOf(lines, linesOf(theirs)).map((hunk) => ({ ...hunk, mine: false })),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
  const result: string[] = [];
  let both = false;
  let at = 0;
  for (let index = 0; index < hunks.length; ) {
    // Hunks that touch are decided on together.
    const group = [hunks[index++]!];
    let end = group[0]!.end;
    while (index < hunks.length && hunks[index]!.start <= end) {
      end = Math.max(end, hunks[index]!.end);
      group.push(hunks[index++]!);
    }
    const start = group[0]!.start;
    const side = (own: boolean) =>
      applied(
        lines,
        start,
        end,
        group.filter((hunk) => hunk.mine === own),
      );
    const [my, their] = [side(true), side(false)];
    result.push(...lines.slice(at, start));
    const was = lines.slice(start, end).join("");
    if (my === their || their === was) result.push(my);
    else if (my === was) result.push(their);
    else {
      both = true;
      result.push(closed(their), my);
    }
    at = end;
  }
  return { text: [...result, ...lines.slice(at)].join(""), both };
}

/** The lines from start to end with one side's changes made. */
function applied(lines: readonly string[], start: number, end: number, hunks: readonly Hunk[]): string {
  const result: string[] = [];
  let at = start;
  for (const hunk of hunks) {
    result.push(...lines.slice(at, hunk.start), ...hunk.lines);
    at = hunk.end;
  }
  return [...result, ...lines.slice(at, end)].join("");
}

function hunksOf(base: readonly string[], changed: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let open: { start: number; lines: string[] } | undefined;
  const close = () => {
    if (open) hunks.push({ ...open, end: at });
    open = undefined;
  };
  const changes = diffArrays([...base], [...changed], { maxEditLength: 2_000 }) ?? [
    { removed: true, added: false, value: [...base] },
    { removed: false, added: true, value: [...changed] },
  ];
  for (const { removed, added, value } of changes) {
    if (!removed && !added) {
      close();
      at += value.length;
      continue;
    }
    open ??= { start: at, lines: [] };
    if (removed) at += value.length;
    else open.lines.push(...value);
  }
  close();
  return hunks;
}

/** Ended by an empty line, so that what follows is a paragraph of its own. */
function closed(text: string): string {
  return text === "" || text.endsWith("\n\n") ? text : text.endsWith("\n") ? `${text}\n` : `${text}\n\n`;
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}
