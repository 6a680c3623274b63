import type { Database, Transaction } from "./open.ts";

/**
 * Does work in one transaction, read committed: all of it or, when it throws, nothing. To refuse after writing, throw;
 * a returned problem commits what was written before it.
 */
export function inTransaction<Result>(
  db: Database,
  work: (trx: Transaction) => Promise<Result>,
): Promise<Result> {
  return db.transaction().setIsolationLevel("read committed").execute(work);
}
