/** The SQL of who is mailed how often, and who wants no mail. */
import { sql } from "kysely";
import type { Transaction } from "../database/open.ts";

/**
 * Lets submissions of one inbox go one after the other, whatever the letter, so that limits are counted right and
 * one address never meets itself. The unique index stands behind it.
 */
export async function lockInbox(trx: Transaction, inbox: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(${inbox.readBigInt64BE(0).toString()}::bigint)`.execute(trx);
}

/**
 * The same for a form that may enter a new address under a letter: an import enters thousands at once, and lets nobody
 * else in meanwhile.
 */
export async function lockArrival(trx: Transaction, letterId: string, inbox: Buffer): Promise<void> {
  // A case, so that one is surely held before the other is asked for.
  await sql`
    select case when pg_advisory_xact_lock_shared(hashtextextended(${letterId}, 0)) is not null
      then pg_advisory_xact_lock(${inbox.readBigInt64BE(0).toString()}::bigint) end`.execute(trx);
}

/** Waits for all forms under a letter, and keeps others waiting until the transaction ends. */
export async function lockArrivals(trx: Transaction, letterId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${letterId}, 0))`.execute(trx);
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

/**
 * How many mails an inbox was sent since some instants (mail_sent.email_hash is the hash of an inbox); for the site,
 * without those that an address has answered.
 */
export async function countMail(
  trx: Transaction,
  letterId: string,
  { inbox, emailHash }: { readonly inbox: Buffer; readonly emailHash: Buffer },
  since: { readonly hour: Date; readonly day: Date },
): Promise<{ letterHour: number; letterDay: number; siteDay: number }> {
  const { rows } = await sql<{ letterHour: number; letterDay: number; siteDay: number }>`
    select count(*) filter (where letter_id = ${letterId} and at > ${since.hour}) as "letterHour",
           count(*) filter (where letter_id = ${letterId}) as "letterDay",
           count(*) filter (where not exists (
             select from mail_block b where b.letter_id = m.letter_id and b.email_hash = ${emailHash}
           ) and not exists (
             select from signature s where s.letter_id = m.letter_id and s.email_hash = ${emailHash}
               and s.state in ('accepted', 'held') and coalesce(s.accepted_at, s.held_at) >= m.at
           )) as "siteDay"
    from mail_sent m where email_hash = ${inbox} and at > ${since.day}
  `.execute(trx);
  return rows[0]!;
}

/** Counts one mail to an inbox about a letter. */
export async function insertMailSent(
  trx: Transaction,
  letterId: string,
  inbox: Buffer,
  at: Date,
): Promise<void> {
  await trx.insertInto("mail_sent").values({ letter_id: letterId, email_hash: inbox, at }).execute();
}

/** Writes, and changes nothing: an answer that sends no mail then waits for the disk as the others do. */
export async function touchMailSent(trx: Transaction, inbox: Buffer): Promise<void> {
  await sql`
    update mail_sent set at = at
    where id = (select max(id) from mail_sent where email_hash = ${inbox})
  `.execute(trx);
}
