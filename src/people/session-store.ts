/** The SQL of sessions. */
import { type Insertable, sql } from "kysely";
import type { Queryable, Schema, Transaction } from "../database/open.ts";
import type { Role } from "./roles.ts";
import type { ListedSession, Session } from "./session.ts";

/** What has ended by now, and what has not been used since. */
export interface Ends {
  readonly now: Date;
  readonly idle: Date;
}

/** Adds a session. */
export async function insertSession(trx: Transaction, row: Insertable<Schema["session"]>): Promise<void> {
  await trx.insertInto("session").values(row).execute();
}

/** The session of a token, with its account as it stands now. */
export async function selectSession(
  db: Queryable,
  hash: Buffer,
  ends: Ends,
): Promise<(Session & { readonly lastUsedAt: Date }) | undefined> {
  const row = await db
    .selectFrom("session as s")
    .innerJoin("account as a", "a.id", "s.account_id")
    .select(["s.id", "s.last_used_at", "s.proved_at", "a.id as account_id", "a.name", "a.role", "a.language"])
    .where("s.token_hash", "=", hash)
    .where("s.ends_at", ">", ends.now)
    .where("s.last_used_at", ">", ends.idle)
    .where("a.removed_at", "is", null)
    .executeTakeFirst();
  if (!row) return undefined;
  const { account_id, name, language } = row;
  return {
    id: row.id,
    provedAt: row.proved_at,
    lastUsedAt: row.last_used_at,
    account: { id: account_id, name, role: row.role as Role, language },
  };
}

/** Notes that a session is used. */
export async function touchSession(db: Queryable, id: string, now: Date): Promise<void> {
  await db.updateTable("session").set({ last_used_at: now }).where("id", "=", id).execute();
}

/** Gives a session another token, with which its owner is proved. @returns whether there is such a session */
export async function rotateSession(trx: Transaction, id: string, hash: Buffer, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("session")
    .set({ token_hash: hash, proved_at: now, last_used_at: now })
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The sessions of an account, the one used last first. */
export function selectSessions(db: Queryable, accountId: string, ends: Ends): Promise<ListedSession[]> {
  return db
    .selectFrom("session")
    .select(["id", "device", "created_at as createdAt", "last_used_at as lastUsedAt"])
    .where("account_id", "=", accountId)
    .where("ends_at", ">", ends.now)
    .where("last_used_at", ">", ends.idle)
    .orderBy("last_used_at", "desc")
    .orderBy("id")
    .execute();
}

/** Ends a session of an account. @returns its device; nothing when there is no such session */
export async function deleteSession(
  trx: Transaction,
  accountId: string,
  id: string,
): Promise<string | undefined> {
  const row = await trx
    .deleteFrom("session")
    .where("id", "=", id)
    .where("account_id", "=", accountId)
    .returning("device")
    .executeTakeFirst();
  return row?.device;
}

/** Ends all sessions of an account but one. @returns their devices */
export async function deleteOtherSessions(
  trx: Transaction,
  accountId: string,
  but: string,
): Promise<string[]> {
  const rows = await trx
    .deleteFrom("session")
    .where("account_id", "=", accountId)
    .where("id", "<>", but)
    .returning("device")
    .execute();
  return rows.map(({ device }) => device);
}

/** Deletes what has ended. @returns how many */
export async function deleteEndedSessions(trx: Transaction, ends: Ends): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from session where ends_at <= ${ends.now} or last_used_at <= ${ends.idle}`.execute(trx);
  return Number(numAffectedRows ?? 0);
}
