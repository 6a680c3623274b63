/** What letters are called, for those who choose among them. */
import type { Queryable } from "../database/open.ts";
import { selectTitles } from "./letter-store.ts";

export interface LetterTitle {
  readonly id: string;
  readonly slug: string;
  /** In the reader's language where the letter has it, else in the original's. */
  readonly title: string;
  readonly titleLanguage: string;
}

/** How many letters are listed; the latest ones. */
const listed = 500;

/**
 * The latest letters, the newest first.
 * @param ids only these
 */
export function listLetterTitles(
  db: Queryable,
  language: string,
  ids?: readonly string[],
): Promise<LetterTitle[]> {
  return selectTitles(db, language, listed, ids);
}
