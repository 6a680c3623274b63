import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { queueMail } from "../mail/outbox.ts";
import { findAccountsByAddress, letPartnersIn } from "../people/account.ts";
import { recordActs } from "../people/act.ts";
import { selectCirculation } from "./circulation-store.ts";
import { makeInviteeLinks } from "./invitee.ts";
import type { InvitedLine } from "./invitee-lines.ts";
import {
  deleteLinksOf,
  type InviteeRow,
  insertInvitees,
  lockByAddresses,
  updateInvitee,
} from "./invitee-store.ts";

/** Why nobody was invited: the letter does not circulate, or the addresses of some lines are invited already. */
export type InviteRefusal = Problem<"not-circulating"> | { readonly known: readonly number[] };

/**
 * Invites people by mail to read a letter's draft: all of them, or nobody. Somebody whose link was taken back may be
 * invited again. A partner of the desk finds the letter there as well.
 * @param invited at least one
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
    const hashes = invited.map(({ email }) => keys.addressHash(email.canonical));
    const earlier = await lockByAddresses(trx, letterId, hashes);
    const invitees = invited.map((one, index) => {
      const row = earlier.get(hashes[index]!.toString("base64"));
      return { ...one, hash: hashes[index]!, id: row?.id ?? newId(), row };
    });
    const known = invitees.filter(({ row }) => row && !row.revokedAt).map(({ line }) => line);
    if (known.length > 0) return { known };
    await invite(trx, keys, clock(), actor, letterId, invitees, language);
    return { count: invitees.length };
  });
}

/** A line, and the invitee that it becomes. */
interface NewInvitee extends InvitedLine {
  readonly id: string;
  readonly hash: Buffer;
  /** The invitee that the address had, which was taken back. */
  readonly row: InviteeRow | undefined;
}

/** Asks the database the same few questions however many are invited; only each mail is a job of its own. */
async function invite(
  trx: Transaction,
  keys: Keys,
  now: Date,
  actor: { readonly id: string; readonly name: string },
  letterId: string,
  invitees: readonly NewInvitee[],
  language: string,
): Promise<void> {
  const accounts = await findAccountsByAddress(
    trx,
    invitees.map(({ hash }) => hash),
  );
  const partnerOf = ({ hash }: NewInvitee) => {
    const account = accounts.get(hash.toString("base64"));
    return account?.role === "partner" ? account.id : undefined;
  };
  await letPartnersIn(
    trx,
    invitees.flatMap((invitee) => partnerOf(invitee) ?? []),
    letterId,
    now,
  );
  const invitationOf = ({ name, organisation }: NewInvitee) => ({
    name,
    organisation,
    language,
    invited_at: now,
    invited_by: actor.id,
  });
  const [again, fresh] = [invitees.filter(({ row }) => row), invitees.filter(({ row }) => !row)];
  if (again.length > 0) {
    // The links that were taken back may be in other hands: they do not open again.
    await deleteLinksOf(
      trx,
      again.map(({ id }) => id),
    );
    for (const invitee of again) {
      const partner = partnerOf(invitee);
      await updateInvitee(trx, invitee.id, {
        ...invitationOf(invitee),
        revoked_at: null,
        undeliverable_at: null,
        ...(partner && { account_id: partner }),
      });
    }
  }
  if (fresh.length > 0)
    await insertInvitees(
      trx,
      fresh.map((invitee) => ({
        ...invitationOf(invitee),
        id: invitee.id,
        letter_id: letterId,
        account_id: partnerOf(invitee) ?? null,
        email_sealed: keys.seal(invitee.email.address),
        email_hash: invitee.hash,
      })),
    );
  const ids = invitees.map(({ id }) => id);
  const tokens = await makeInviteeLinks(trx, ids, now);
  for (const [index, id] of ids.entries())
    await queueMail(trx, keys, { template: "draft-invitation", about: id, language, token: tokens[index]! });
  await recordActs(
    trx,
    now,
    ids.map((id) => ({ actor, act: "invitee.invite", subject: { id }, letterId })),
  );
}
