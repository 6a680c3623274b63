import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { queueMail } from "../mail/outbox.ts";
import { recordAct } from "../people/act.ts";
import { selectCirculation } from "./circulation-store.ts";
import { makeInviteeLink } from "./invitee.ts";
import { deleteLinksOf, selectInvitee, updateInvitee } from "./invitee-store.ts";

/** Sends somebody another invitation with a fresh link, also after their link was taken back or their mail refused. */
export function inviteAgain(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: { readonly id: string; readonly name: string },
  letterId: string,
  id: string,
): Promise<{ readonly invited: true } | Problem<"invitee-unknown" | "not-circulating">> {
  return inTransaction(db, async (trx) => {
    const circulation = await selectCirculation(trx, letterId, "lock");
    if (!circulation || circulation.endedAt) return problem("not-circulating");
    const invitee = await selectInvitee(trx, letterId, id, "lock");
    if (!invitee?.sealed) return problem("invitee-unknown");
    const at = clock();
    // What was taken back may be in other hands: it does not open again with the new link.
    if (invitee.revokedAt) await deleteLinksOf(trx, [id]);
    await updateInvitee(trx, id, { revoked_at: null, undeliverable_at: null });
    const token = await makeInviteeLink(trx, id, at);
    await queueMail(trx, keys, {
      template: "draft-invitation",
      about: id,
      language: invitee.language,
      token,
    });
    await recordAct(trx, at, {
      actor,
      act: "invitee.invite",
      subject: { id },
      letterId,
    });
    return { invited: true };
  });
}
