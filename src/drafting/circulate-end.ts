import type { Transaction } from "../database/open.ts";
import { updateEnded } from "./circulation-store.ts";
import { deletePassingLinks } from "./invitee-store.ts";

/**
 * Ends a letter's circulation, in the transaction in which it becomes public: private links open nothing any more but the
 * way to the public page. A letter that was not circulated has nothing to end; once more does no harm.
 */
export async function endCirculation(trx: Transaction, letterId: string, at: Date): Promise<void> {
  if (await updateEnded(trx, letterId, at)) await deletePassingLinks(trx, letterId);
}
