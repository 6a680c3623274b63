/** Two who meet at a lock, in the order that a test wants. */
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { Database, Transaction } from "../../src/database/open.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import type { TestApp } from "./app.ts";

/**
 * Holds what some work locks until work beside it is done; then takes all of it back.
 * @param lock takes the locks
 * @param beside what is done while they are held
 */
export async function whileHeld<Result>(
  db: Database,
  lock: (trx: Transaction) => Promise<unknown>,
  beside: () => Promise<Result>,
): Promise<Result> {
  const over = new Error("what was held is let go");
  let done: { readonly result: Result } | undefined;
  try {
    await inTransaction(db, async (trx) => {
      await lock(trx);
      done = { result: await beside() };
      throw over;
    });
  } catch (error) {
    if (error !== over) throw error;
  }
  return done!.result;
}

/** Waits until some transactions of the test's database wait for locks. @returns "waits" */
export async function untilWaiting({ db }: TestApp, count = 1): Promise<"waits"> {
  for (;;) {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      db,
    );
    if (rows.length >= count) return "waits";
    await sleep(20);
  }
}
