/** The SQL of addresses and the links that prove them. */
import { type Insertable, type Selectable, sql } from "kysely";
import type { Queryable, Schema, Transaction } from "../database/open.ts";

export type ProofRow = Selectable<Schema["address_proof"]>;

/** Adds a link. */
export async function insertProof(trx: Transaction, row: Insertable<Schema["address_proof"]>): Promise<void> {
  await trx.insertInto("address_proof").values(row).execute();
}

/** The link of an account that still works, by its token. */
export function selectProof(
  db: Queryable,
  accountId: string,
  hash: Buffer,
  now: Date,
): Promise<ProofRow | undefined> {
  return open(db, hash, now).where("account_id", "=", accountId).executeTakeFirst();
}

/** The same, held until the transaction ends. */
export function lockProof(
  trx: Transaction,
  accountId: string,
  hash: Buffer,
  now: Date,
): Promise<ProofRow | undefined> {
  return open(trx, hash, now).where("account_id", "=", accountId).forUpdate().executeTakeFirst();
}

/** A link that is about to be mailed, whoever's it is. */
export async function selectProofForMail(
  db: Queryable,
  hash: Buffer,
  now: Date,
): Promise<MailRow | undefined> {
  const { rows } = await sql<MailRow>`
    select p.email_sealed as sealed, p.expires_at, a.name, a.role
    from address_proof p join account a on a.id = p.account_id
    where p.token_hash = ${hash} and p.used_at is null and p.expires_at > ${now} and a.removed_at is null
  `.execute(db);
  return rows[0];
}

/** What took the place of an address, to tell that one. */
export async function selectFormer(db: Queryable, id: string): Promise<MailRow | undefined> {
  const { rows } = await sql<MailRow>`
    select p.former_sealed as sealed, p.expires_at, a.name, a.role
    from address_proof p join account a on a.id = p.account_id
    where p.id = ${id} and p.former_sealed is not null and a.removed_at is null`.execute(db);
  return rows[0];
}

export interface MailRow {
  readonly sealed: Buffer;
  readonly expires_at: Date;
  readonly name: string;
  readonly role: "owner" | "editor" | "moderator" | "partner";
}

/** A link was used; with the address before, where that is to be told. */
export async function markProofUsed(
  trx: Transaction,
  id: string,
  now: Date,
  formerSealed: Buffer | null,
): Promise<void> {
  await trx
    .updateTable("address_proof")
    .set({ used_at: now, former_sealed: formerSealed })
    .where("id", "=", id)
    .execute();
}

/** Other links of an account lead nowhere any more. */
export async function deleteOpenProofs(trx: Transaction, accountId: string, but: string): Promise<void> {
  await trx
    .deleteFrom("address_proof")
    .where("account_id", "=", accountId)
    .where("used_at", "is", null)
    .where("id", "<>", but)
    .execute();
}

/** The address of an account has been proved. */
export async function markAddressProved(trx: Transaction, id: string, at: Date): Promise<void> {
  await trx
    .updateTable("account")
    .set({ address_proved_at: at })
    .where("id", "=", id)
    .where("address_proved_at", "is", null)
    .execute();
}

/** Gives an account another address, which has been proved. */
export async function updateAddress(
  trx: Transaction,
  id: string,
  sealed: Buffer,
  hash: Buffer,
  at: Date,
): Promise<void> {
  await trx
    .updateTable("account")
    .set({ email_sealed: sealed, email_hash: hash, address_proved_at: at })
    .where("id", "=", id)
    .execute();
}

/** Deletes links that were mailed before an instant, and with them the addresses of before. @returns how many */
export async function deleteOldProofs(trx: Transaction, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`delete from address_proof where created_at <= ${before}`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

function open(db: Queryable, hash: Buffer, now: Date) {
  return db
    .selectFrom("address_proof")
    .selectAll()
    .where("token_hash", "=", hash)
    .where("used_at", "is", null)
    .where("expires_at", ">", now);
}
