/** A draft as it was saved once. Every edition is kept for as long as the draft is. */
import type { Queryable } from "../database/open.ts";
import { type DraftDocument, draftDocument } from "./document.ts";
import { type EditionRow, selectEdition, selectEditions, selectEditionWithOriginal } from "./draft-store.ts";

export interface Edition {
  readonly edition: number;
  readonly document: DraftDocument;
  readonly savedAt: Date;
  /** Null where the software did. */
  readonly savedBy: string | null;
}

export async function findEdition(
  db: Queryable,
  letterId: string,
  edition: number,
): Promise<Edition | undefined> {
  return editionOf(await selectEdition(db, letterId, edition));
}

/**
 * What a translation was made from.
 * @param hash of the original then (originalHash)
 */
export async function findEditionWithOriginal(
  db: Queryable,
  letterId: string,
  hash: string,
): Promise<Edition | undefined> {
  return editionOf(await selectEditionWithOriginal(db, letterId, hash));
}

/** The latest editions, without their documents. */
export async function listEditions(
  db: Queryable,
  letterId: string,
  limit: number,
): Promise<Omit<Edition, "document">[]> {
  return (await selectEditions(db, letterId, limit)).map((row) => ({
    edition: row.edition,
    savedAt: row.saved_at,
    savedBy: row.saved_by_name,
  }));
}

function editionOf(row: EditionRow | undefined): Edition | undefined {
  return (
    row && {
      edition: row.edition,
      document: draftDocument.parse(row.document),
      savedAt: row.saved_at,
      savedBy: row.saved_by_name,
    }
  );
}
