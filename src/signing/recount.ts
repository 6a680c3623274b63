/** Kept counts, held against the signatures. They always agree, unless somebody has written into the database by hand. */
import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { recountReported } from "../letters/reported.ts";
import {
  type Counted,
  countAnew,
  lockTally,
  replaceCounts,
  selectKept,
  selectTallied,
} from "./recount-store.ts";

/** Counts that were kept and are not so. */
export interface Difference {
  readonly kept: readonly Counted[];
  readonly counted: readonly Counted[];
}

/** Counts a letter's signatures anew. @returns undefined when what is kept is right */
export async function findDifference(db: Queryable, letterId: string): Promise<Difference | undefined> {
  const kept = await selectKept(db, letterId);
  const counted = await countAnew(db, letterId);
  const lines = (rows: readonly Counted[]) => rows.map((row) => JSON.stringify(row));
  const differ = (rows: readonly Counted[], others: readonly Counted[]) => {
    const known = new Set(lines(others));
    return rows.filter((row) => !known.has(JSON.stringify(row)));
  };
  const difference = { kept: differ(kept, counted), counted: differ(counted, kept) };
  return difference.kept.length + difference.counted.length === 0 ? undefined : difference;
}

/**
 * Counts every letter's signatures anew, and puts right what was kept wrongly. Whoever signs waits while a letter is
 * counted; what was under way before adds to the new counts, since it comes to them last.
 * @returns how many letters there are, and of which the counts were wrong
 */
export async function recountLetters(
  db: Database,
): Promise<{ readonly letters: number; readonly mended: readonly string[] }> {
  const letters = await selectTallied(db);
  const mended: string[] = [];
  for (const id of letters) {
    const wrong = await inTransaction(db, async (trx) => {
      await lockTally(trx, id);
      const reported = await recountReported(trx, id);
      if (!(await findDifference(trx, id))) return reported;
      await replaceCounts(trx, id, await countAnew(trx, id));
      return true;
    });
    if (wrong) mended.push(id);
  }
  return { letters: letters.length, mended };
}
