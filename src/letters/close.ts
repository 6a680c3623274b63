/** Closing letters whose last day has passed. */
import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { indexLetter } from "./index-letter.ts";
import { closeOverdue } from "./store.ts";
import { touchSite } from "./touch.ts";

/**
 * Closes every open letter whose last day lies before today (UTC). Signing does not wait for this: it looks at the
 * last day itself (signing/letter.ts). Run once a day; running it again does nothing.
 * @returns how many were closed
 */
export function closeLetters(db: Database, clock: Clock): Promise<number> {
  return inTransaction(db, async (trx) => {
    const closed = await closeOverdue(trx, clock());
    for (const id of closed) await indexLetter(trx, id);
    if (closed.length > 0) await touchSite(trx);
    return closed.length;
  });
}
