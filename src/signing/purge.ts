import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { countMove } from "./counts.ts";
import { deleteChecks } from "./domain-check-store.ts";
import { erase } from "./erase.ts";
import { deleteExpired, deletePendingEnough, forgetWords, lockEnough } from "./purge-store.ts";
import { daysAfter } from "./signature.ts";

/** How many signatures one transaction deletes or erases: it holds their rows, and somebody may be about to restore one. */
const batch = 500;

/** How long a look at a domain is remembered, in days. */
const lookDays = 30;

/**
 * Deletes what has had its time (retention.ts): entries that nobody confirmed (and to which no mailed link leads any
 * more), withdrawn and refused signatures, private links that have ended, the record of what was mailed to whom,
 * looks at organisations' domains, and what old decisions say of those whom they were about. Run once a day, until nothing is left.
 * @returns how many of each
 */
export async function purgeSigning(
  db: Database,
  clock: Clock,
): Promise<{
  readonly pending: number;
  readonly erased: number;
  readonly tokens: number;
  readonly mail: number;
}> {
  const now = clock();
  const withdrawn = await inBatches(db, (trx) => eraseEnough(trx, "withdrawn", now));
  const refused = await inBatches(db, (trx) => eraseEnough(trx, "refused", now));
  const pending = await inBatches(db, (trx) => forgetPending(trx, now));
  return inTransaction(db, async (trx) => {
    await forgetWords(trx, now);
    await deleteChecks(trx, daysAfter(now, -lookDays));
    const gone = await deleteExpired(trx, { now, mail: daysAfter(now, -1) });
    return { ...gone, pending, erased: withdrawn + refused };
  });
}

/** Does a batch after the other, each in a transaction of its own, until one is not full. Returns how many they did. */
async function inBatches(db: Database, work: (trx: Transaction) => Promise<number>): Promise<number> {
  for (let sum = 0; ; ) {
    const done = await inTransaction(db, work);
    sum += done;
    if (done < batch) return sum;
  }
}

async function eraseEnough(trx: Transaction, state: "withdrawn" | "refused", now: Date): Promise<number> {
  const rows = await lockEnough(trx, state, now, batch);
  if (rows.length > 0) await erase(trx, rows, now, { actor: "system", reason: "rule" });
  return rows.length;
}

async function forgetPending(trx: Transaction, now: Date): Promise<number> {
  let sum = 0;
  for (const { letter_id, gone } of await deletePendingEnough(trx, now, batch)) {
    await countMove(trx, letter_id, "pending", undefined, gone);
    sum += gone;
  }
  return sum;
}
