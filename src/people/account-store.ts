/** The SQL of accounts. */
import { type Insertable, type Selectable, sql } from "kysely";
import type { Queryable, Schema, Transaction } from "../database/open.ts";
import type { ListedAccount } from "./account.ts";
import type { Role } from "./roles.ts";

export type AccountRow = Selectable<Schema["account"]>;

/** Adds an account. */
export async function insertAccount(trx: Transaction, row: Insertable<Schema["account"]>): Promise<void> {
  await trx.insertInto("account").values(row).execute();
}

/** An account, also one that was removed. */
export function selectAccount(db: Queryable, id: string): Promise<AccountRow | undefined> {
  return db.selectFrom("account").selectAll().where("id", "=", id).executeTakeFirst();
}

/** An account that was not removed, held until the transaction ends. */
export function lockAccount(trx: Transaction, id: string): Promise<AccountRow | undefined> {
  return trx
    .selectFrom("account")
    .selectAll()
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
}

/** The account of an address, held until the transaction ends. */
export function lockByAddress(trx: Transaction, emailHash: Buffer): Promise<AccountRow | undefined> {
  return trx
    .selectFrom("account")
    .selectAll()
    .where("email_hash", "=", emailHash)
    .forUpdate()
    .executeTakeFirst();
}

/** The accounts of some addresses, held until the transaction ends. */
export function lockByAddresses(trx: Transaction, emailHashes: readonly Buffer[]): Promise<AccountRow[]> {
  return trx
    .selectFrom("account")
    .selectAll()
    .where("email_hash", "in", emailHashes)
    .orderBy("id")
    .forUpdate()
    .execute();
}

/** Whether an address has an account. */
export async function hasAccount(db: Queryable, emailHash: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom("account")
    .select("id")
    .where("email_hash", "=", emailHash)
    .executeTakeFirst();
  return row !== undefined;
}

/** The owners, held until the transaction ends: whoever takes one away looks first whether another is left. */
export async function lockOwners(trx: Transaction): Promise<string[]> {
  const rows = await trx
    .selectFrom("account")
    .select("id")
    .where("role", "=", "owner")
    .where("removed_at", "is", null)
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

/** Whether anybody owns the site. */
export async function hasOwner(db: Queryable): Promise<boolean> {
  const row = await db
    .selectFrom("account")
    .select("id")
    .where("role", "=", "owner")
    .where("removed_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Everybody who was not removed, with the sealed address; owners first, then by name. */
export async function selectAccounts(
  db: Queryable,
): Promise<(Omit<ListedAccount, "address"> & { readonly sealed: Buffer })[]> {
  const { rows } = await sql<Omit<ListedAccount, "address"> & { readonly sealed: Buffer }>`
    select a.id, a.name, a.role, a.language, a.email_sealed as sealed, a.created_at as "createdAt",
           a.address_proved_at is not null as proved,
           (select max(last_used_at) from session s where s.account_id = a.id) as "lastUsedAt",
           (select count(*) from passkey p where p.account_id = a.id) as passkeys
    from account a where a.removed_at is null
    order by array_position(array['owner', 'editor', 'moderator', 'partner'], a.role), a.name, a.id`.execute(
    db,
  );
  return rows;
}

/** Gives an account another role. */
export async function updateRole(trx: Transaction, id: string, role: Role): Promise<void> {
  await trx.updateTable("account").set({ role }).where("id", "=", id).execute();
}

/** Changes what people say of their own accounts. */
export async function updateAccount(
  trx: Transaction,
  id: string,
  { name, language, news }: { readonly name: string; readonly language: string; readonly news: boolean },
): Promise<void> {
  await trx.updateTable("account").set({ name, language, news }).where("id", "=", id).execute();
}

/** Takes an account away with everything but its name. */
export async function removeAccount(trx: Transaction, id: string, at: Date): Promise<void> {
  await trx
    .updateTable("account")
    .set({ removed_at: at, email_sealed: null, email_hash: null })
    .where("id", "=", id)
    .execute();
  for (const table of [
    "session",
    "passkey",
    "sign_in_link",
    "address_proof",
    "passkey_challenge",
    "partner_letter",
  ] as const)
    await trx.deleteFrom(table).where("account_id", "=", id).execute();
}

/** Lets partners, at least one, into a letter. */
export async function insertPartnersLetter(
  trx: Transaction,
  accountIds: readonly string[],
  letterId: string,
  at: Date,
): Promise<void> {
  await trx
    .insertInto("partner_letter")
    .values(accountIds.map((account_id) => ({ account_id, letter_id: letterId, invited_at: at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Lets a partner into a letter no more. */
export async function deletePartnerLetter(
  trx: Transaction,
  accountId: string,
  letterId: string,
): Promise<void> {
  await trx
    .deleteFrom("partner_letter")
    .where("account_id", "=", accountId)
    .where("letter_id", "=", letterId)
    .execute();
}

/** Lets no partner into some letters any more. */
export async function deletePartnersOf(trx: Transaction, letterIds: readonly string[]): Promise<void> {
  await trx.deleteFrom("partner_letter").where("letter_id", "in", letterIds).execute();
}

/** The letters that a partner is invited to, the latest invitation first. */
export async function selectPartnerLetters(db: Queryable, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("partner_letter")
    .select("letter_id")
    .where("account_id", "=", accountId)
    .orderBy("invited_at", "desc")
    .execute();
  return rows.map(({ letter_id }) => letter_id);
}
