/** What a comment is about: a passage of a frozen draft, or the whole. */
import type { Context } from "hono";
import { oneLine } from "../../drafting/comment.ts";
import { type DraftRevision, findDraftRevision } from "../../drafting/draft.ts";
import { renderBlocks } from "../../foundation/markdown.ts";
import type { Deps, Env } from "../deps.ts";
import { textLanguage } from "./draft.ts";

/** The longest passage, in characters. */
const longestQuote = 2_000;

export interface About {
  /** The number of the frozen draft that was read. */
  readonly draft: number;
  /** Of the text of it. */
  readonly language: string;
  /** Absent for the whole. */
  readonly passage: Passage | undefined;
}

export interface Passage {
  /** From 1; 0 where the words that were named stand in none. */
  readonly paragraph: number;
  readonly words: string;
  /** Words of it; all of them, where none were named. */
  readonly quote: string;
  /** The words that were named do not stand in it: then all of it is meant. */
  readonly astray: boolean;
}

/**
 * What a form or a link names. A draft may be frozen while somebody reads another: what they say is about the one that
 * they read, and is shown where its words stand now.
 * @param latest the frozen draft that is read now
 * @param read a field of the form, or of the link
 */
export async function aboutOf(
  { db }: Pick<Deps, "db">,
  c: Context<Env>,
  letterId: string,
  latest: DraftRevision,
  read: (name: string) => string,
): Promise<About> {
  const number = numberOf(read("draft"));
  const earlier = number > 0 && number < latest.number && (await findDraftRevision(db, letterId, number));
  const draft = earlier || latest;
  const language = textLanguage(c, { draft }, read("text"));
  return {
    draft: draft.number,
    language,
    passage: passageOf(draft, language, read("paragraph"), read("quote")),
  };
}

/** A paragraph of a draft, and words that stand in it. Nothing where it is about the whole. */
function passageOf(
  { document }: Pick<DraftRevision, "document">,
  language: string,
  paragraph: string,
  typed: string,
): Passage | undefined {
  const blocks = renderBlocks(document.texts[language]?.body ?? "").map((block) => oneLine(block.words));
  const named = oneLine(typed);
  const asked = numberOf(paragraph);
  // A line between paragraphs has no words to comment on.
  const number =
    blocks[asked - 1] || named === "" ? asked : 1 + blocks.findIndex((one) => one.includes(named));
  const words = blocks[number - 1] ?? "";
  if (words === "" && named === "") return undefined;
  const stands = words.includes(named);
  const quote = (named !== "" && stands ? named : words).slice(0, longestQuote);
  return { paragraph: number, words, quote, astray: !stands };
}

function numberOf(typed: string): number {
  return /^[0-9]{1,5}$/.test(typed) ? Number(typed) : 0;
}
