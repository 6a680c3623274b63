/** Closing letters whose last day has passed. */
import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { indexLetter } from "./index-letter.ts";
import { selectOverdue, updateClosed } from "./letter-store.ts";
import { logClose } from "./log-text.ts";
import { takeText } from "./text-lock.ts";
import { touchSite } from "./touch.ts";

/**
 * Closes every open letter whose last day lies before today (UTC). Signing does not wait for this: it looks at the
 * last day itself (signing/letter.ts). Run once a day; running it again does nothing.
 * @returns how many were closed
 */
export function closeLetters(db: Database, clock: Clock): Promise<number> {
  return inTransaction(db, async (trx) => {
    const now = clock();
    let closed = 0;
    for (const id of await selectOverdue(trx, now)) if (await closeLetter(trx, id, now)) closed++;
    if (closed > 0) await touchSite(trx);
    return closed;
  });
}

/** Closes one letter, within a transaction of more. @returns whether it was open still */
export async function closeLetter(trx: Transaction, letterId: string, at: Date): Promise<boolean> {
  await takeText(trx, letterId);
  if (!(await updateClosed(trx, letterId, at))) return false;
  await logClose(trx, letterId);
  await indexLetter(trx, letterId);
  return true;
}
