/** The SQL of passkeys, of what they are asked to sign, and of sign-ins that failed. */
import { type Insertable, type Selectable, sql } from "kysely";
import type { Database, Queryable, Schema, Transaction } from "../database/open.ts";
import type { Account } from "./account.ts";

/** A passkey as its owner sees it. */
export interface ListedPasskey {
  readonly id: string;
  readonly name: string;
  readonly credentialId: Buffer;
  readonly transports: string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The passkeys of an account, the newest first. */
export function selectPasskeys(db: Queryable, accountId: string): Promise<ListedPasskey[]> {
  return db
    .selectFrom("passkey")
    .select([
      "id",
      "name",
      "credential_id as credentialId",
      "transports",
      "created_at as createdAt",
      "last_used_at as lastUsedAt",
    ])
    .where("account_id", "=", accountId)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
}

/** A passkey with its account, held until the transaction ends. */
export async function lockPasskey(
  trx: Transaction,
  credentialId: Buffer,
): Promise<(Selectable<Schema["passkey"]> & { readonly account: Account }) | undefined> {
  const row = await trx
    .selectFrom("passkey as p")
    .innerJoin("account as a", "a.id", "p.account_id")
    .selectAll("p")
    .select(["a.name as account_name", "a.role", "a.language"])
    .where("p.credential_id", "=", credentialId)
    .where("a.removed_at", "is", null)
    .forUpdate("p")
    .executeTakeFirst();
  if (!row) return undefined;
  const { account_name: name, role, language, ...passkey } = row;
  return { ...passkey, account: { id: row.account_id, name, role, language } };
}

/** Adds a passkey. @returns false when somebody has it already */
export async function insertPasskey(trx: Transaction, row: Insertable<Schema["passkey"]>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("passkey")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** A passkey was used. */
export async function updatePasskeyUse(
  trx: Transaction,
  id: string,
  signCount: number,
  at: Date,
): Promise<void> {
  await trx
    .updateTable("passkey")
    .set({ sign_count: signCount, last_used_at: at })
    .where("id", "=", id)
    .execute();
}

/** Gives a passkey of an account another name. @returns the name before; nothing when there is none */
export async function updatePasskeyName(
  trx: Transaction,
  accountId: string,
  id: string,
  name: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    with before as (select id, name from passkey where id = ${id} and account_id = ${accountId} for update)
    update passkey p set name = ${name} from before where p.id = before.id returning before.name`.execute(
    trx,
  );
  return rows[0]?.name;
}

/** Takes a passkey of an account away. @returns its name; nothing when there is none */
export async function deletePasskey(
  trx: Transaction,
  accountId: string,
  id: string,
): Promise<string | undefined> {
  const row = await trx
    .deleteFrom("passkey")
    .where("id", "=", id)
    .where("account_id", "=", accountId)
    .returning("name")
    .executeTakeFirst();
  return row?.name;
}

/** Adds a challenge; those whose time is over go. */
export async function insertChallenge(
  db: Database,
  row: Insertable<Schema["passkey_challenge"]>,
  now: Date,
): Promise<void> {
  await db.deleteFrom("passkey_challenge").where("expires_at", "<=", now).execute();
  await db.insertInto("passkey_challenge").values(row).execute();
}

/** Takes a challenge away. @returns whether it was there, for this browser and this account */
export async function deleteChallenge(
  trx: Transaction,
  hash: Buffer,
  browserHash: Buffer,
  accountId: string | null,
  now: Date,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom("passkey_challenge")
    .where("hash", "=", hash)
    .where("browser_hash", "=", browserHash)
    .where("account_id", accountId === null ? "is" : "=", accountId)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** How often what was shown has failed since an instant. */
export async function countFailures(trx: Transaction, shownHash: Buffer, since: Date): Promise<number> {
  const { count } = await trx
    .selectFrom("sign_in_failure")
    .select((build) => build.fn.countAll<number>().as("count"))
    .where("shown_hash", "=", shownHash)
    .where("at", ">", since)
    .executeTakeFirstOrThrow();
  return count;
}

/** Counts a failure. */
export async function insertFailure(trx: Transaction, shownHash: Buffer, at: Date): Promise<void> {
  await trx.insertInto("sign_in_failure").values({ shown_hash: shownHash, at }).execute();
}

/** Deletes failures before an instant. @returns how many */
export async function deleteOldFailures(trx: Transaction, before: Date): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom("sign_in_failure")
    .where("at", "<=", before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
