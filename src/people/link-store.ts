/** The SQL of links that sign in. */
import { type Insertable, sql } from "kysely";
import type { Queryable, Schema, Transaction } from "../database/open.ts";
import type { Account } from "./account.ts";

export interface LinkRow {
  readonly id: string;
  readonly browserHash: Buffer;
  readonly next: string | null;
  readonly account: Account;
  readonly sealed: Buffer;
  readonly expiresAt: Date;
}

/** Adds a link. */
export async function insertLink(trx: Transaction, row: Insertable<Schema["sign_in_link"]>): Promise<void> {
  await trx.insertInto("sign_in_link").values(row).execute();
}

/** How many links of a kind an account was mailed since some instants. Right only while the account is locked. */
export async function countLinks(
  trx: Transaction,
  kind: "sign_in_link" | "address_proof",
  accountId: string,
  since: { readonly hour: Date; readonly day: Date },
): Promise<{ hour: number; day: number }> {
  const { rows } = await sql<{ hour: number; day: number }>`
    select count(*) filter (where created_at > ${since.hour}) as hour, count(*) as day
    from ${sql.table(kind)} where account_id = ${accountId} and created_at > ${since.day}`.execute(trx);
  return rows[0]!;
}

/** The link of a token that still works. */
export function selectLink(db: Queryable, hash: Buffer, now: Date): Promise<LinkRow | undefined> {
  return find(db, hash, now, sql``);
}

/** The same, held until the transaction ends. */
export function lockLink(trx: Transaction, hash: Buffer, now: Date): Promise<LinkRow | undefined> {
  return find(trx, hash, now, sql`for update of l`);
}

async function find(
  db: Queryable,
  hash: Buffer,
  now: Date,
  lock: ReturnType<typeof sql>,
): Promise<LinkRow | undefined> {
  type Row = Omit<LinkRow, "account"> & Omit<Account, "id"> & { readonly accountId: string };
  const { rows } = await sql<Row>`
    select l.id, l.browser_hash as "browserHash", l.next, l.expires_at as "expiresAt",
           a.id as "accountId", a.name, a.role, a.language, a.email_sealed as sealed
    from sign_in_link l join account a on a.id = l.account_id
    where l.token_hash = ${hash} and l.used_at is null and l.expires_at > ${now} and a.removed_at is null
    ${lock}`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { accountId, name, role, language, ...link } = row;
  return { ...link, account: { id: accountId, name, role, language } };
}

/** A link was used: it leads nowhere any more. */
export async function markLinkUsed(trx: Transaction, id: string, now: Date): Promise<void> {
  await trx.updateTable("sign_in_link").set({ used_at: now }).where("id", "=", id).execute();
}

/** All open links of an account lead nowhere any more. */
export async function endLinks(trx: Transaction, accountId: string, now: Date): Promise<void> {
  await trx
    .updateTable("sign_in_link")
    .set({ used_at: now })
    .where("account_id", "=", accountId)
    .where("used_at", "is", null)
    .execute();
}

/** Deletes links that were mailed before an instant. @returns how many */
export async function deleteOldLinks(trx: Transaction, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`delete from sign_in_link where created_at <= ${before}`.execute(trx);
  return Number(numAffectedRows ?? 0);
}
