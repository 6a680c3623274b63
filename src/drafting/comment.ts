/**
 * Comments on frozen drafts: threads on a passage or on the whole, by those invited and by the editors, seen by all of
 * them.
 */
import type { Queryable } from "../database/open.ts";
import { selectComments } from "./comment-store.ts";

export interface Comment {
  readonly id: string;
  /** Whose it is: one of both. */
  readonly inviteeId: string | null;
  readonly accountId: string | null;
  /** As they are called now; empty for somebody invited of whom that is deleted. */
  readonly name: string;
  readonly organisation: string | null;
  /** The frozen draft on which it was written, and the language of the text. */
  readonly draft: number;
  readonly language: string;
  /** The paragraph, from 1, and words of it; null where it is about the whole. */
  readonly paragraph: number | null;
  readonly quote: string | null;
  /** Null once its words are deleted: it stays for the answers of others. */
  readonly body: string | null;
  readonly at: Date;
  readonly resolvedAt: Date | null;
}

/** A comment with its answers. */
export interface Thread extends Comment {
  readonly answers: readonly Comment[];
}

/** All threads of a letter, in the order in which they were begun. */
export async function listThreads(db: Queryable, letterId: string): Promise<Thread[]> {
  const comments = await selectComments(db, letterId);
  return comments
    .filter(({ thread }) => thread === null)
    .map((first) => ({ ...first, answers: comments.filter(({ thread }) => thread === first.id) }));
}

/** Where a thread belongs in a text: a paragraph from 1, the whole, or nowhere, for its words are gone. */
export type Whereabouts = number | "whole" | "gone";

/**
 * Finds a thread's passage in a text, which may be another than the one it was written on.
 * @param paragraphs the words of each
 */
export function whereaboutsOf({ paragraph, quote }: Comment, paragraphs: readonly string[]): Whereabouts {
  if (paragraph === null || quote === null) return "whole";
  const words = oneLine(quote);
  const holding = paragraphs.flatMap((text, index) => (oneLine(text).includes(words) ? [index + 1] : []));
  // The same words may stand in several: the nearest to where they stood is meant.
  const [nearest] = holding.sort((a, b) => Math.abs(a - paragraph) - Math.abs(b - paragraph));
  return nearest ?? "gone";
}

/** Words without regard to how they are broken into lines. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
