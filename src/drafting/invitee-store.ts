/** The SQL of those who are invited, and of their links. */
import { type Insertable, sql } from "kysely";
import type { Queryable, Schema, Transaction } from "../database/open.ts";
import type { Invitee } from "./invitee.ts";

/** With the sealed address; null once it is deleted. */
export type InviteeRow = Invitee & { readonly sealed: Buffer | null };

const columns = sql`i.id, i.letter_id as "letterId", i.account_id as "accountId", i.name, i.organisation, i.language,
  i.invited_at as "invitedAt", i.opened_at as "openedAt", i.declined_at as "declinedAt", i.declined_word as "declinedWord",
  i.revoked_at as "revokedAt", i.undeliverable_at as "undeliverableAt", i.email_sealed as sealed`;

/** Whom a link belongs to, also of one that was taken back; and whether the draft was put aside. */
export async function selectByLink(
  db: Queryable,
  hash: Buffer,
  now: Date,
): Promise<
  { readonly invitee: Invitee; readonly sealed: Buffer | null; readonly discarded: boolean } | undefined
> {
  const { rows } = await sql<InviteeRow & { discarded: boolean }>`
    select ${columns}, d.discarded_at is not null as discarded
    from invitee_link k join invitee i on i.id = k.invitee_id join draft d on d.letter_id = i.letter_id
    where k.hash = ${hash} and (k.expires_at is null or k.expires_at > ${now})`.execute(db);
  const row = rows[0];
  if (!row) return undefined;
  const { sealed, discarded, ...invitee } = row;
  return { invitee, sealed, discarded };
}

/** Everybody invited to a letter. */
export async function selectInvitees(db: Queryable, letterId: string): Promise<InviteeRow[]> {
  const { rows } = await sql<InviteeRow>`
    select ${columns} from invitee i where i.letter_id = ${letterId} order by i.invited_at, i.name, i.id`.execute(
    db,
  );
  return rows;
}

/** One of them, of this letter. @param how "lock" holds it until the transaction ends */
export async function selectInvitee(
  db: Queryable,
  letterId: string,
  id: string,
  how: "look" | "lock" = "look",
): Promise<InviteeRow | undefined> {
  const { rows } = await sql<InviteeRow>`
    select ${columns} from invitee i
    where i.letter_id = ${letterId} and i.id = ${id} ${how === "lock" ? sql`for update` : sql``}`.execute(db);
  return rows[0];
}

/**
 * All places that one person has at a letter, held until the transaction ends: a partner may be invited under several
 * addresses.
 */
export async function lockPerson(trx: Transaction, letterId: string, id: string): Promise<InviteeRow[]> {
  const { rows } = await sql<InviteeRow>`
    select ${columns} from invitee i
    where i.letter_id = ${letterId}
      and (i.id = ${id} or i.account_id = (select account_id from invitee where id = ${id}))
    order by i.id for update`.execute(trx);
  return rows;
}

/** Whether an invitee `i` is an account, or was invited under its address. */
const isAccount = (accountId: string) => sql`(
  i.account_id = ${accountId} or i.email_hash = (select email_hash from account where id = ${accountId}))`;

/** Letters that circulate, where an account has a place or is let in, in a fixed order. */
export async function selectCirculatingOf(trx: Transaction, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ letterId: string }>`
    select c.letter_id as "letterId" from circulation c
    where c.ended_at is null
      and (exists (select from partner_letter p where p.letter_id = c.letter_id and p.account_id = ${accountId})
        or exists (select from invitee i where i.letter_id = c.letter_id and ${isAccount(accountId)}))
    order by c.letter_id`.execute(trx);
  return rows.map(({ letterId }) => letterId);
}

/**
 * The places of an account at drafts that circulate, held until the transaction ends.
 * @param which those that were not taken back, or all
 */
export async function lockPlacesOfAccount(
  trx: Transaction,
  accountId: string,
  which: "standing" | "all",
): Promise<InviteeRow[]> {
  const { rows } = await sql<InviteeRow>`
    select ${columns} from invitee i join circulation c on c.letter_id = i.letter_id
    where ${isAccount(accountId)} and c.ended_at is null
      and ${which === "all" ? sql`true` : sql`i.revoked_at is null`}
    order by i.id for update of i`.execute(trx);
  return rows;
}

/** Those of some addresses, by their keyed hashes in Base64, held until the transaction ends. */
export async function lockByAddresses(
  trx: Transaction,
  letterId: string,
  emailHashes: readonly Buffer[],
): Promise<ReadonlyMap<string, InviteeRow>> {
  const { rows } = await sql<InviteeRow & { hash: Buffer }>`
    select ${columns}, i.email_hash as hash from invitee i
    where i.letter_id = ${letterId} and i.email_hash = any(${emailHashes}::bytea[]) order by i.id for update`.execute(
    trx,
  );
  return new Map(rows.map(({ hash, ...row }) => [hash.toString("base64"), row]));
}

/**
 * The place of an account at a letter: its own, of several the latest, or else the one of its address; also one that was
 * taken back.
 * @param how "lock" holds it until the transaction ends
 */
export async function selectPlaceOf(
  db: Queryable,
  letterId: string,
  accountId: string,
  how: "look" | "lock" = "look",
): Promise<InviteeRow | undefined> {
  const { rows } = await sql<InviteeRow>`
    select ${columns} from invitee i
    where i.letter_id = ${letterId} and ${isAccount(accountId)}
    order by i.account_id is not distinct from ${accountId}::uuid desc, i.invited_at desc, i.id desc
    limit 1 ${how === "lock" ? sql`for update of i` : sql``}`.execute(db);
  return rows[0];
}

/** Adds people who are invited, at least one. */
export async function insertInvitees(
  trx: Transaction,
  rows: readonly Insertable<Schema["invitee"]>[],
): Promise<void> {
  await trx.insertInto("invitee").values(rows).execute();
}

/** Changes what becomes of somebody who is invited. */
export async function updateInvitee(
  trx: Queryable,
  id: string,
  change: Partial<
    Pick<
      Insertable<Schema["invitee"]>,
      | "account_id"
      | "email_sealed"
      | "email_hash"
      | "name"
      | "organisation"
      | "language"
      | "invited_at"
      | "invited_by"
      | "opened_at"
      | "declined_at"
      | "declined_word"
      | "revoked_at"
      | "undeliverable_at"
      | "answers_told_at"
    >
  >,
): Promise<void> {
  await trx.updateTable("invitee").set(change).where("id", "=", id).execute();
}

/** Adds links, at least one. */
export async function insertLinks(
  trx: Transaction,
  rows: readonly Insertable<Schema["invitee_link"]>[],
): Promise<void> {
  await trx.insertInto("invitee_link").values(rows).execute();
}

/** Deletes the links of some who are invited, at least one. */
export async function deleteLinksOf(trx: Transaction, inviteeIds: readonly string[]): Promise<void> {
  await trx.deleteFrom("invitee_link").where("invitee_id", "in", inviteeIds).execute();
}

/** Deletes the links that were mailed to one who is invited; those of a day stay. */
export async function deleteMailedLinks(trx: Transaction, inviteeId: string): Promise<void> {
  await trx
    .deleteFrom("invitee_link")
    .where("invitee_id", "=", inviteeId)
    .where("expires_at", "is", null)
    .execute();
}

/** Deletes a letter's links that end some day; the mailed ones stay, to lead on to the public page. */
export async function deletePassingLinks(trx: Transaction, letterId: string): Promise<void> {
  await sql`delete from invitee_link k using invitee i
    where i.id = k.invitee_id and i.letter_id = ${letterId} and k.expires_at is not null`.execute(trx);
}

/** Deletes links that have ended. */
export async function deleteEndedLinks(trx: Transaction, now: Date): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom("invitee_link")
    .where("expires_at", "<=", now)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** The letter that somebody is invited to. */
export async function selectLetterOf(db: Queryable, inviteeId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("invitee")
    .select("letter_id")
    .where("id", "=", inviteeId)
    .executeTakeFirst();
  return row?.letter_id;
}

/** Who invited somebody, as they are called now. */
export async function selectInviter(db: Queryable, inviteeId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("invitee as i")
    .innerJoin("account as a", "a.id", "i.invited_by")
    .select("a.name")
    .where("i.id", "=", inviteeId)
    .executeTakeFirst();
  return row?.name;
}
