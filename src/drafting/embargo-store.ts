/** The SQL of links by which a letter can be read before it is public. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";

export interface EmbargoLinkRow {
  readonly id: string;
  readonly letter_id: string;
  /** Null, as the recipient is, once whom it was for is deleted. */
  readonly token_sealed: Buffer | null;
  readonly recipient: string | null;
  readonly email_sealed: Buffer | null;
  readonly language: string;
  readonly created_at: Date;
  readonly undeliverable_at: Date | null;
  readonly revoked_at: Date | null;
}

export interface NewEmbargoLink {
  readonly id: string;
  readonly letterId: string;
  readonly hash: Buffer;
  readonly tokenSealed: Buffer;
  readonly recipient: string;
  readonly emailSealed: Buffer | null;
  readonly language: string;
  readonly at: Date;
  readonly by: string;
}

export async function insertEmbargoLink(trx: Transaction, link: NewEmbargoLink): Promise<void> {
  await trx
    .insertInto("embargo_link")
    .values({
      id: link.id,
      letter_id: link.letterId,
      token_hash: link.hash,
      token_sealed: link.tokenSealed,
      recipient: link.recipient,
      email_sealed: link.emailSealed,
      language: link.language,
      created_at: link.at,
      created_by: link.by,
    })
    .execute();
}

/** A letter's links, the latest first. */
export function selectEmbargoLinks(db: Queryable, letterId: string): Promise<EmbargoLinkRow[]> {
  return db
    .selectFrom("embargo_link")
    .selectAll()
    .where("letter_id", "=", letterId)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
}

/** A link by the hash of its token, or by its id; also one that was revoked. */
export async function selectEmbargoLink(
  db: Queryable,
  by: { readonly hash: Buffer } | { readonly id: string },
): Promise<EmbargoLinkRow | undefined> {
  const which = "hash" in by ? sql`token_hash = ${by.hash}` : sql`id = ${by.id}`;
  const { rows } = await sql<EmbargoLinkRow>`select * from embargo_link where ${which}`.execute(db);
  return rows[0];
}

/** @returns whether it was a link of this letter that had not been revoked */
export async function updateRevoked(
  trx: Transaction,
  letterId: string,
  id: string,
  at: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update embargo_link set revoked_at = ${at}, email_sealed = null
    where id = ${id} and letter_id = ${letterId} and revoked_at is null`.execute(trx);
  return numAffectedRows !== undefined && numAffectedRows > 0n;
}

export async function updateEmbargoUndeliverable(db: Queryable, id: string, at: Date): Promise<void> {
  await sql`update embargo_link set undeliverable_at = ${at} where id = ${id}`.execute(db);
}

/** Of letters that are public since before an instant, what links were mailed to is needed no more. */
export async function forgetToldAddresses(trx: Transaction, before: Date): Promise<void> {
  await sql`update embargo_link e set email_sealed = null where email_sealed is not null and exists (
    select from revision r where r.letter_id = e.letter_id and r.number = 1 and r.created_at < ${before})`.execute(
    trx,
  );
}

/** What the links of a letter were mailed to is needed no more. */
export async function forgetEmbargoAddresses(trx: Transaction, letterId: string): Promise<void> {
  await sql`update embargo_link set email_sealed = null where letter_id = ${letterId}`.execute(trx);
}
