import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { isProblem, type Problem } from "../foundation/problem.ts";
import { recordAct, type Somebody } from "../people/act.ts";
import { removeAccount } from "../people/remove-account.ts";
import { selectCirculation } from "./circulation-store.ts";
import { selectDraft } from "./draft-store.ts";
import { lockPlacesOfAccount, selectCirculatingOf, updateInvitee } from "./invitee-store.ts";

/**
 * Removes somebody from the desk (people/remove-account.ts), and takes back every private link that they have to a draft
 * that circulates: a partner's, and those that were mailed to the account's address. What they signed there does not stand.
 * Whoever is to read on is invited again.
 */
export function removePerson(
  db: Database,
  clock: Clock,
  actor: Somebody,
  id: string,
): Promise<{ readonly name: string } | Problem<"account-unknown" | "last-owner">> {
  return inTransaction(db, async (trx) => {
    // Until this is over nobody is invited there, comes in, or is published with what they signed.
    for (const letterId of await selectCirculatingOf(trx, id)) {
      await selectDraft(trx, letterId, "lock");
      await selectCirculation(trx, letterId, "lock");
    }
    const places = await lockPlacesOfAccount(trx, id, "standing");
    const removed = await removeAccount(trx, clock, actor, id);
    if (isProblem(removed)) return removed;
    const at = clock();
    for (const place of places) {
      await updateInvitee(trx, place.id, { revoked_at: at, account_id: null });
      const { letterId } = place;
      await recordAct(trx, at, { actor, act: "invitee.revoke", subject: { id: place.id }, letterId });
    }
    return removed;
  });
}
