import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { queueMail } from "../mail/outbox.ts";
import { findAccountByAddress, letPartnerIn } from "../people/account.ts";
import { recordAct } from "../people/act.ts";
import { selectCirculation } from "./circulation-store.ts";
import { makeInviteeLink } from "./invitee.ts";
import type { InvitedLine } from "./invitee-lines.ts";
import {
  deleteLinksOf,
  type InviteeRow,
  insertInvitee,
  selectByAddress,
  updateInvitee,
} from "./invitee-store.ts";

/** Why nobody was invited: the letter does not circulate, or the addresses of some lines are invited already. */
export type InviteRefusal = Problem<"not-circulating"> | { readonly known: readonly number[] };

/**
 * Invites people by mail to read a letter's draft: all of them, or nobody. Somebody whose link was taken back may be
 * invited again. A partner of the desk finds the letter there as well.
 * @param language of the mail
 */
export function inviteToDraft(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: { readonly id: string; readonly name: string },
  letterId: string,
  invited: readonly InvitedLine[],
  language: string,
): Promise<{ readonly count: number } | InviteRefusal> {
  return inTransaction(db, async (trx) => {
    // Whoever invites to the same letter at the same moment waits here.
    const circulation = await selectCirculation(trx, letterId, "lock");
    if (!circulation || circulation.endedAt) return problem("not-circulating");
    const known: number[] = [];
    const earlier = new Map<number, InviteeRow>();
    for (const { line, email } of invited) {
      const row = await selectByAddress(trx, letterId, keys.addressHash(email.canonical));
      if (row && !row.revokedAt) known.push(line);
      else if (row) earlier.set(line, row);
    }
    if (known.length > 0) return { known };
    for (const one of invited)
      await inviteOne(trx, keys, clock(), actor, letterId, one, language, earlier.get(one.line));
    return { count: invited.length };
  });
}

async function inviteOne(
  trx: Transaction,
  keys: Keys,
  now: Date,
  actor: { readonly id: string; readonly name: string },
  letterId: string,
  { email, name, organisation }: InvitedLine,
  language: string,
  earlier: InviteeRow | undefined,
): Promise<void> {
  const account = await findAccountByAddress(trx, keys.addressHash(email.canonical));
  const partner = account?.role === "partner" ? account : undefined;
  if (partner) await letPartnerIn(trx, partner.id, letterId, now);
  const id = earlier?.id ?? newId();
  const invitation = { name, organisation, language, invited_at: now, invited_by: actor.id };
  if (earlier) {
    // The links that were taken back may be in other hands: they do not open again.
    await deleteLinksOf(trx, id);
    await updateInvitee(trx, id, {
      ...invitation,
      revoked_at: null,
      undeliverable_at: null,
      ...(partner && { account_id: partner.id }),
    });
  } else {
    await insertInvitee(trx, {
      ...invitation,
      id,
      letter_id: letterId,
      account_id: partner?.id ?? null,
      email_sealed: keys.seal(email.address),
      email_hash: keys.addressHash(email.canonical),
    });
  }
  const token = await makeInviteeLink(trx, id, now);
  await queueMail(trx, keys, { template: "draft-invitation", about: id, language, token });
  await recordAct(trx, now, {
    actor,
    act: "invitee.invite",
    subject: { id },
    letterId,
  });
}
