/** The SQL of drafts that were put aside. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";

/** Puts a draft aside, or takes it up again. */
export async function updateDiscarded(trx: Transaction, letterId: string, at: Date | null): Promise<void> {
  await sql`update draft set discarded_at = ${at} where letter_id = ${letterId}`.execute(trx);
}

export interface DiscardedRow {
  readonly letter_id: string;
  readonly document: unknown;
  readonly discarded_at: Date;
}

/** Drafts that were put aside, the latest first. */
export async function selectDiscarded(db: Queryable): Promise<DiscardedRow[]> {
  const { rows } = await sql<DiscardedRow>`
    select letter_id, document, discarded_at from draft
    where discarded_at is not null order by discarded_at desc`.execute(db);
  return rows;
}

/** Deletes drafts that were put aside before a time, with what was made of them: editions, frozen drafts, circulations. */
export async function deleteDiscarded(trx: Transaction, before: Date): Promise<DiscardedRow[]> {
  const { rows } = await sql<DiscardedRow>`
    delete from draft where discarded_at < ${before} and stage <> 'published'
    returning letter_id, document, discarded_at`.execute(trx);
  return rows;
}
