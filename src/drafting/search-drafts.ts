import type { Queryable } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import { type DeskLetter, findDeskLetter } from "./desk-letter.ts";
import { selectDraftsWith } from "./desk-letter-store.ts";
import { type DraftDocument, draftDocument } from "./document.ts";

/** How many drafts are read for a search; names of fields stand in a document too, so some are read for nothing. */
const readAtMost = 200;

/**
 * Drafts that are not public yet, by words of their title, text and addressees.
 * @param query words that all have to occur, whatever their case
 * @returns the last saved first
 */
export async function searchDrafts(
  db: Queryable,
  query: string,
  language: string,
  limit: number,
): Promise<DeskLetter[]> {
  const words = query.normalize("NFC").split(/\s+/).filter(Boolean).slice(0, 10);
  if (words.length === 0) return [];
  const rows = await selectDraftsWith(db, words, readAtMost);
  const found = rows.filter(({ document }) => holds(draftDocument.parse(document), words)).slice(0, limit);
  const letters = await Promise.all(found.map(({ letter_id }) => findDeskLetter(db, letter_id, language)));
  return letters.filter((letter) => letter !== undefined);
}

function holds({ texts, addressees, initiators, measure }: DraftDocument, words: readonly string[]): boolean {
  const parts = [
    ...Object.values(texts).flatMap(({ title, summary, body }) => [title, summary, body]),
    ...addressees.map(({ name }) => name),
    ...initiators,
    measure?.name ?? "",
  ];
  const text = fold(parts.join(" "));
  return words.every((word) => text.includes(fold(word)));
}
