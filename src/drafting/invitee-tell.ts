/** The jobs that tell those invited of what has come: a changed text, and answers to their comments. */
import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { queueMail } from "../mail/outbox.ts";
import { selectCirculation } from "./circulation-store.ts";
import { makeInviteeLink } from "./invitee.ts";
import { selectInvitee, selectInvitees, selectLetterOf, updateInvitee } from "./invitee-store.ts";
import { selectSignOns } from "./sign-on-store.ts";

/** Asks those anew whose sign-on was given for other words than those of the latest frozen draft. */
export function tellInvited(db: Database, keys: Keys, clock: Clock) {
  return ({ letterId }: { readonly letterId: string }): Promise<void> =>
    inTransaction(db, async (trx) => {
      const circulation = await selectCirculation(trx, letterId);
      if (!circulation || circulation.endedAt) return;
      const signOns = await selectSignOns(trx, letterId);
      const renew = new Set(
        signOns.flatMap(({ inviteeId, state }) => (state === "to-renew" ? inviteeId : [])),
      );
      // In the order of locks: a new link holds its invitee.
      const invited = (await selectInvitees(trx, letterId)).sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const { id, language, sealed, undeliverableAt } of invited) {
        if (!renew.has(id) || !sealed || undeliverableAt) continue;
        const token = await makeInviteeLink(trx, id, clock());
        await queueMail(trx, keys, { template: "draft-changed", about: id, language, token });
      }
    });
}

/** Tells somebody that their comments were answered. */
export function tellAnswers(db: Database, keys: Keys, clock: Clock) {
  return ({ inviteeId }: { readonly inviteeId: string }): Promise<void> =>
    inTransaction(db, async (trx) => {
      const letterId = await selectLetterOf(trx, inviteeId);
      const invitee = letterId ? await selectInvitee(trx, letterId, inviteeId, "lock") : undefined;
      if (!invitee?.sealed || invitee.revokedAt || invitee.undeliverableAt) return;
      const now = clock();
      await updateInvitee(trx, inviteeId, { answers_told_at: now });
      const token = await makeInviteeLink(trx, inviteeId, now);
      await queueMail(trx, keys, {
        template: "draft-answered",
        about: inviteeId,
        language: invitee.language,
        token,
      });
    });
}
