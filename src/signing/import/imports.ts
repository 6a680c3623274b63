/** Imports of a letter, and what became of them. */
import type { Queryable } from "../../database/open.ts";
import { type ImportRow, selectImport, selectImports } from "./import-store.ts";
import { selectNextDue } from "./waiting-store.ts";

export interface Import extends ImportRow {
  /** Who will be asked, and has not been sent a mail yet. */
  readonly unasked: number;
}

/** A letter's imports, the latest first. */
export function listImports(db: Queryable, letterId: string): Promise<ImportRow[]> {
  return selectImports(db, letterId, 100);
}

/** A letter's import. */
export async function findImport(db: Queryable, letterId: string, id: string): Promise<Import | undefined> {
  const row = await selectImport(db, letterId, id);
  return row && { ...row, unasked: (await selectNextDue(db, id)).count };
}
