/** The SQL of who is mailed how often, and who wants no mail. */
import { sql } from "kysely";
import type { Transaction } from "../database/open.ts";

/**
 * Lets submissions of one address go one after the other, whatever the letter, so that limits are counted right and
 * one address never meets itself. The unique index stands behind it.
 */
export async function lockAddress(trx: Transaction, emailHash: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(${emailHash.readBigInt64BE(0).toString()}::bigint)`.execute(trx);
}

/** Whether an address wants no mail about a letter. */
export async function isBlocked(trx: Transaction, letterId: string, emailHash: Buffer): Promise<boolean> {
  const row = await trx
    .selectFrom("mail_block")
    .select("created_at")
    .where("letter_id", "=", letterId)
    .where("email_hash", "=", emailHash)
    .executeTakeFirst();
  return row !== undefined;
}

/** No more mail about a letter to an address. A second time renews the date. */
export async function insertBlock(
  trx: Transaction,
  letterId: string,
  emailHash: Buffer,
  at: Date,
): Promise<void> {
  await trx
    .insertInto("mail_block")
    .values({ letter_id: letterId, email_hash: emailHash, created_at: at })
    .onConflict((conflict) => conflict.columns(["letter_id", "email_hash"]).doUpdateSet({ created_at: at }))
    .execute();
}

/** How many mails an address was sent since some instants. */
export async function countMail(
  trx: Transaction,
  letterId: string,
  emailHash: Buffer,
  since: { readonly hour: Date; readonly day: Date },
): Promise<{ letterHour: number; letterDay: number; siteDay: number }> {
  const { rows } = await sql<{ letterHour: number; letterDay: number; siteDay: number }>`
    select count(*) filter (where letter_id = ${letterId} and at > ${since.hour}) as "letterHour",
           count(*) filter (where letter_id = ${letterId}) as "letterDay",
           count(*) as "siteDay"
    from mail_sent where email_hash = ${emailHash} and at > ${since.day}
  `.execute(trx);
  return rows[0]!;
}

export async function insertMailSent(
  trx: Transaction,
  letterId: string,
  emailHash: Buffer,
  at: Date,
): Promise<void> {
  await trx.insertInto("mail_sent").values({ letter_id: letterId, email_hash: emailHash, at }).execute();
}

/** Writes, and changes nothing: an answer that sends no mail then waits for the disk as the others do. */
export async function touchMailSent(trx: Transaction, emailHash: Buffer): Promise<void> {
  await sql`
    update mail_sent set at = at
    where id = (select max(id) from mail_sent where email_hash = ${emailHash})
  `.execute(trx);
}
