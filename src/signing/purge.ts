import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { daysAfter, pendingDays } from "./signature.ts";
import { deleteExpired } from "./store.ts";

/**
 * Deletes what has had its time: entries that nobody confirmed in thirty days (and to which no mailed link leads any
 * more), private links that have ended, and the record of what was mailed to whom. Run once a day.
 * @returns how many of each
 */
export function purgeSigning(
  db: Database,
  clock: Clock,
): Promise<{ readonly pending: number; readonly tokens: number; readonly mail: number }> {
  const now = clock();
  return inTransaction(db, (trx) =>
    deleteExpired(trx, { pending: daysAfter(now, -pendingDays), now, mail: daysAfter(now, -1) }),
  );
}
