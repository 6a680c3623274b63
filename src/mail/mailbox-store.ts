/** The SQL of the mailbox. */
import type { Queryable } from "../database/open.ts";

export interface SealedMail {
  readonly id: number;
  readonly at: Date;
  readonly sealed: Buffer;
}

/** Puts a sealed mail into the mailbox. */
export async function insertMail(db: Queryable, at: Date, sealed: Buffer): Promise<void> {
  await db.insertInto("mailbox").values({ at, sealed }).execute();
}

/** The latest mails, newest first. */
export function selectMail(db: Queryable, limit: number): Promise<SealedMail[]> {
  return db.selectFrom("mailbox").select(["id", "at", "sealed"]).orderBy("id", "desc").limit(limit).execute();
}

/** One mail by its number. */
export function selectOneMail(db: Queryable, id: number): Promise<SealedMail | undefined> {
  return db.selectFrom("mailbox").select(["id", "at", "sealed"]).where("id", "=", id).executeTakeFirst();
}

/** Deletes what came before an instant. Returns how many mails. */
export async function deleteMailBefore(db: Queryable, before: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom("mailbox").where("at", "<", before).executeTakeFirst();
  return Number(numDeletedRows);
}
