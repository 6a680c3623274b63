import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { recordAct } from "../people/act.ts";
import { selectCirculation } from "./circulation-store.ts";
import { selectDraft } from "./draft-store.ts";
import { lockPerson, updateInvitee } from "./invitee-store.ts";
import { selectSignOns } from "./sign-on-store.ts";

/** Why nobody's link was taken back: the letter is public. entered: what they signed has become a signature. */
export type RevokeRefusal = Problem<"invitee-unknown"> | { readonly published: "entered" | "left" };

/**
 * Takes somebody's links back, a partner's under whatever address they were invited: they open nothing from now on, and
 * what they signed does not stand. What they wrote stays. No mail tells them; the link does. Holding the draft, it waits
 * for a publication that is under way, and says so where that came first.
 */
export function revokeInvitee(
  db: Database,
  clock: Clock,
  actor: { readonly id: string; readonly name: string },
  letterId: string,
  id: string,
): Promise<{ readonly revoked: true } | RevokeRefusal> {
  return inTransaction(db, async (trx) => {
    await selectDraft(trx, letterId, "lock");
    const places = await lockPerson(trx, letterId, id);
    if (places.length === 0) return problem("invitee-unknown");
    if ((await selectCirculation(trx, letterId))?.endedAt) {
      const [signOn] = await selectSignOns(trx, letterId, id);
      return { published: signOn?.signatureId ? "entered" : "left" };
    }
    const at = clock();
    for (const place of places.filter(({ revokedAt }) => !revokedAt)) {
      await updateInvitee(trx, place.id, { revoked_at: at });
      await recordAct(trx, at, { actor, act: "invitee.revoke", subject: { id: place.id }, letterId });
    }
    return { revoked: true };
  });
}
