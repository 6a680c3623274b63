/** Organisations that confirmed before evidence was kept: what is known of their addresses is noted once. */
import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Keys } from "../foundation/keys.ts";
import { touchLetter } from "../letters/touch.ts";
import { noteAddress } from "./evidence.ts";
import { selectUnnoted } from "./evidence-store.ts";

/**
 * Notes of each that its confirmed address is at its website's domain, if it is (docs/evidence.md). A migration could not:
 * addresses lie sealed. May be called at every start; where no letter was open before evidence was kept, it looks at none.
 */
export async function noteExisting(db: Database, keys: Keys): Promise<void> {
  const letterIds = new Set((await selectUnnoted(db)).map(({ letterId }) => letterId));
  for (const letterId of letterIds)
    await inTransaction(db, async (trx) => {
      let noted = false;
      for (const { confirmedAt, ...row } of await selectUnnoted(trx, letterId))
        noted = (await noteAddress(trx, keys, row, confirmedAt)) || noted;
      if (noted) await touchLetter(trx, letterId);
    });
}
