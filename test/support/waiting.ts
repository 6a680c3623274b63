/** Two at once, as it happens: one holds a lock, and the others have come to it. */
import { sql } from "kysely";
import type { Database, Transaction } from "../../src/database/open.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { until } from "./until.ts";

/**
 * Begins several works while a lock is held, and lets it go when all of them wait, for this lock or for each other.
 * @param hold takes the lock
 */
export async function meet<Result>(
  db: Database,
  hold: (trx: Transaction) => Promise<unknown>,
  works: readonly (() => Promise<Result>)[],
): Promise<Result[]> {
  const begun: Promise<Result>[] = [];
  await inTransaction(db, async (trx) => {
    await hold(trx);
    begun.push(...works.map((work) => work()));
    await until("all wait", async () => (await countWaiting(db)) >= works.length);
  });
  return Promise.all(begun);
}

async function countWaiting(db: Database): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
  return rows[0]!.n;
}
