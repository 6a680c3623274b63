/** Invitations: one-time links by which somebody gets an account. */
import type { Database, Queryable, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { EmailAddress } from "../foundation/email-address.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { newToken } from "../foundation/token.ts";
import { queueMail } from "../mail/outbox.ts";
import { hasAccount, hasOwner } from "./account-store.ts";
import { type Actor, recordAct } from "./act.ts";
import {
  deleteInvitation,
  deleteInvitationsBy,
  deleteInvitationsTo,
  insertInvitation,
  selectWaiting,
  type WaitingRow,
} from "./invitation-store.ts";
import type { Role } from "./roles.ts";

/** How long an invitation can be taken up, in milliseconds. */
export const invitationLife = 7 * 86_400_000;

export interface NewInvitation {
  readonly email: EmailAddress;
  readonly role: Role;
  /** Of the mail. */
  readonly language: string;
  /** The letter that a partner is invited to. */
  readonly letterId?: string | undefined;
}

/** An invitation that nobody has taken up yet. */
export type WaitingInvitation = Omit<WaitingRow, "sealed"> & { readonly address: string };

/**
 * Invites somebody from the desk, by mail. A later invitation of the same address replaces the one before.
 * @returns the address has an account already
 */
export function invite(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: Exclude<Actor, string>,
  invitation: NewInvitation,
): Promise<{ readonly id: string } | Problem<"has-account">> {
  return inTransaction(db, async (trx) => {
    if (await hasAccount(trx, keys.addressHash(invitation.email.canonical))) return problem("has-account");
    const { id, token } = await addInvitation(trx, keys, clock(), actor, invitation);
    await queueMail(trx, keys, { template: "invitation", about: id, language: invitation.language, token });
    return { id };
  });
}

/**
 * Invites somebody from the command line; an address that has an account too, so that an owner who lost every way in
 * finds one.
 * @param mail whether the link is mailed as well
 * @returns the link's token
 */
export function inviteAsOperator(
  db: Database,
  keys: Keys,
  clock: Clock,
  invitation: NewInvitation,
  mail: boolean,
): Promise<string> {
  return inTransaction(db, async (trx) => {
    const { id, token } = await addInvitation(trx, keys, clock(), "operator", invitation);
    if (mail)
      await queueMail(trx, keys, {
        template: "invitation",
        about: id,
        language: invitation.language,
        token,
      });
    return token;
  });
}

/** A link by which the first owner sets up the desk; nothing when the site has an owner. @returns its token */
export function makeSetUpLink(db: Database, clock: Clock): Promise<string | undefined> {
  return inTransaction(db, async (trx) => {
    if (await hasOwner(trx)) return undefined;
    const now = clock();
    const { token, hash } = newToken();
    await insertInvitation(trx, {
      id: newId(),
      token_hash: hash,
      role: "owner",
      language: "en",
      created_at: now,
      expires_at: new Date(now.getTime() + invitationLife),
    });
    return token;
  });
}

async function addInvitation(
  trx: Transaction,
  keys: Keys,
  now: Date,
  actor: Actor,
  { email, role, language, letterId }: NewInvitation,
): Promise<{ id: string; token: string }> {
  const id = newId();
  const { token, hash } = newToken();
  const emailHash = keys.addressHash(email.canonical);
  await deleteInvitationsTo(trx, emailHash);
  await insertInvitation(trx, {
    id,
    token_hash: hash,
    role,
    language,
    email_sealed: keys.seal(email.address),
    email_hash: emailHash,
    letter_id: letterId ?? null,
    invited_by: typeof actor === "object" ? actor.id : null,
    created_at: now,
    expires_at: new Date(now.getTime() + invitationLife),
  });
  await recordAct(trx, now, { actor, act: "invitation.made", subject: { id }, letterId, after: { role } });
  return { id, token };
}

/** Invitations that can still be taken up, the latest first. */
export async function listInvitations(db: Queryable, keys: Keys, clock: Clock): Promise<WaitingInvitation[]> {
  const rows = await selectWaiting(db, clock());
  return rows.map(({ sealed, ...row }) => ({ ...row, address: keys.open(sealed) }));
}

/** Takes an invitation back: its link leads nowhere. Once more does no harm. */
export function withdrawInvitation(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  id: string,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const role = await deleteInvitation(trx, id);
    if (role === undefined) return;
    await recordAct(trx, clock(), {
      actor,
      act: "invitation.withdrawn",
      subject: { id },
      before: { role },
    });
  });
}

/** Takes back what somebody invited and nobody took up: who may invite no longer lets nobody in either. */
export async function withdrawInvitationsBy(
  trx: Transaction,
  now: Date,
  actor: Exclude<Actor, string>,
  accountId: string,
): Promise<void> {
  for (const { id, role } of await deleteInvitationsBy(trx, accountId))
    await recordAct(trx, now, { actor, act: "invitation.withdrawn", subject: { id }, before: { role } });
}
