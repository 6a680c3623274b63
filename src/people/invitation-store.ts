/** The SQL of invitations. */
import { type Insertable, type Selectable, sql } from "kysely";
import type { Queryable, Schema, Transaction } from "../database/open.ts";
import type { Role } from "./roles.ts";

export type InvitationRow = Selectable<Schema["invitation"]>;

/** One that waits to be taken up, as owners see it. */
export interface WaitingRow {
  readonly id: string;
  readonly role: Role;
  readonly sealed: Buffer;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly undeliverableAt: Date | null;
}

/** Adds an invitation. */
export async function insertInvitation(
  trx: Transaction,
  row: Insertable<Schema["invitation"]>,
): Promise<void> {
  await trx.insertInto("invitation").values(row).execute();
}

/** The open invitation of a token, with the name of the account that its address has. */
export async function selectInvitation(
  db: Queryable,
  hash: Buffer,
  now: Date,
): Promise<(InvitationRow & { readonly known_as: string | null }) | undefined> {
  return db
    .selectFrom("invitation as i")
    .leftJoin("account as a", "a.email_hash", "i.email_hash")
    .selectAll("i")
    .select("a.name as known_as")
    .where("i.token_hash", "=", hash)
    .where("i.used_at", "is", null)
    .where("i.expires_at", ">", now)
    .executeTakeFirst();
}

/** The open invitation of a token with the name of who made it, held until the transaction ends. */
export async function lockInvitation(
  trx: Transaction,
  hash: Buffer,
  now: Date,
): Promise<(InvitationRow & { readonly inviter: string | null }) | undefined> {
  const { rows } = await sql<InvitationRow & { readonly inviter: string | null }>`
    select i.*, (select name from account a where a.id = i.invited_by) as inviter
    from invitation i
    where i.token_hash = ${hash} and i.used_at is null and i.expires_at > ${now}
    for update of i`.execute(trx);
  return rows[0];
}

/** An invitation whose mail is about to be sent: the token of an open one. */
export function selectInvitationForMail(
  db: Queryable,
  id: string,
  hash: Buffer,
  now: Date,
): Promise<InvitationRow | undefined> {
  return db
    .selectFrom("invitation")
    .selectAll()
    .where("id", "=", id)
    .where("token_hash", "=", hash)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
}

/** An invitation is taken up: its link leads nowhere any more, and its address is the account's now. */
export async function markInvitationUsed(trx: Transaction, id: string, now: Date): Promise<void> {
  await trx.updateTable("invitation").set({ used_at: now }).where("id", "=", id).execute();
}

/** Takes back one that waits. @returns its role; nothing when none waits */
export async function deleteInvitation(trx: Transaction, id: string): Promise<Role | undefined> {
  const row = await trx
    .deleteFrom("invitation")
    .where("id", "=", id)
    .where("used_at", "is", null)
    .where("email_hash", "is not", null)
    .returning("role")
    .executeTakeFirst();
  return row?.role;
}

/** Takes back those to an address that wait. */
export async function deleteInvitationsTo(trx: Transaction, emailHash: Buffer): Promise<void> {
  await trx
    .deleteFrom("invitation")
    .where("email_hash", "=", emailHash)
    .where("used_at", "is", null)
    .execute();
}

/** Takes back those that somebody made and that wait. @returns which, with their roles */
export function deleteInvitationsBy(
  trx: Transaction,
  accountId: string,
): Promise<{ readonly id: string; readonly role: Role }[]> {
  return trx
    .deleteFrom("invitation")
    .where("invited_by", "=", accountId)
    .where("used_at", "is", null)
    .returning(["id", "role"])
    .execute();
}

/** Takes back those to some letters that wait. */
export async function deleteInvitationsToLetters(
  trx: Transaction,
  letterIds: readonly string[],
): Promise<void> {
  await trx
    .deleteFrom("invitation")
    .where("letter_id", "in", letterIds)
    .where("used_at", "is", null)
    .execute();
}

/** Takes back all set-up links: the site has an owner. */
export async function deleteSetUpLinks(trx: Transaction): Promise<void> {
  await trx.deleteFrom("invitation").where("email_hash", "is", null).where("used_at", "is", null).execute();
}

/** Invitations that can be taken up, without set-up links, the latest first. */
export async function selectWaiting(db: Queryable, now: Date): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select id, role, email_sealed as sealed, created_at as "createdAt", expires_at as "expiresAt",
           undeliverable_at as "undeliverableAt"
    from invitation where used_at is null and email_hash is not null and expires_at > ${now}
    order by created_at desc, id`.execute(db);
  return rows;
}

/** The mail server refused the address for good. */
export async function setInvitationUndeliverable(db: Queryable, id: string, at: Date): Promise<void> {
  await db.updateTable("invitation").set({ undeliverable_at: at }).where("id", "=", id).execute();
}

/** Deletes invitations that were used or have ended. @returns how many */
export async function deleteEndedInvitations(trx: Transaction, now: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from invitation where used_at is not null or expires_at <= ${now}`.execute(trx);
  return Number(numAffectedRows ?? 0);
}
