/** What a comment is about: a passage of a draft, or the whole. */
import { oneLine } from "../../drafting/comment.ts";
import type { DraftRevision } from "../../drafting/draft.ts";
import { renderBlocks } from "../../foundation/markdown.ts";

/** The longest passage, in characters. */
const longestQuote = 2_000;

export interface Passage {
  /** From 1. */
  readonly paragraph: number;
  readonly words: string;
  /** Words of it; all of them, where none were named. */
  readonly quote: string;
  /** The words that were named do not stand in it: then all of it is meant. */
  readonly astray: boolean;
}

/** The passage that a form names: a paragraph of a draft, and words that stand in it. Nothing where it is about the whole. */
export function passageOf(
  { document }: Pick<DraftRevision, "document">,
  language: string,
  paragraph: string,
  typed: string,
): Passage | undefined {
  const number = /^[0-9]{1,5}$/.test(paragraph) ? Number(paragraph) : 0;
  const block = renderBlocks(document.texts[language]?.body ?? "")[number - 1];
  const words = oneLine(block?.words ?? "");
  // A line between paragraphs has no words to comment on.
  if (words === "") return undefined;
  const named = oneLine(typed);
  const stands = words.includes(named);
  const quote = (named !== "" && stands ? named : words).slice(0, longestQuote);
  return { paragraph: number, words, quote, astray: !stands };
}
