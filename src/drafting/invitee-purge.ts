import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { forgetToldAddresses } from "./embargo-store.ts";
import {
  eraseBesideSignatures,
  eraseEverything,
  eraseRecipients,
  selectForgotten,
} from "./invitee-erase-store.ts";
import { deleteEndedLinks } from "./invitee-store.ts";

/** How many days those who were invited are known after their letter became public, or was put aside. */
export const invitedKept = 30;

/** For as long a mail is tried, and a little longer: who was told that an embargo is over is not forgotten before. In milliseconds. */
const mailTried = 3 * 86_400_000;

/**
 * Deletes links that have ended. Of those who were invited to drafts that became public, or were put aside, thirty days
 * ago: addresses and links of all, and everything personal of whoever has no name under the letter; likewise whom links
 * under embargo were for. And at once everything personal of those who erased their signature since. Run once a day.
 * @returns how many of each
 */
export function purgeCirculation(
  db: Database,
  clock: Clock,
): Promise<{ readonly links: number; readonly invitees: number; readonly recipients: number }> {
  const now = clock();
  const before = new Date(now.getTime() - invitedKept * 86_400_000);
  return inTransaction(db, async (trx) => {
    await forgetToldAddresses(trx, new Date(now.getTime() - mailTried));
    const forgotten = await selectForgotten(trx, before);
    await eraseEverything(trx, forgotten, now);
    return {
      links: await deleteEndedLinks(trx, now),
      invitees: forgotten.length + (await eraseBesideSignatures(trx, before, now)),
      recipients: await eraseRecipients(trx, before),
    };
  });
}
