/** The SQL of corrections: what was changed in a public letter, and why. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";

export interface NewCorrection {
  readonly letterId: string;
  readonly at: Date;
  /** The revision that it brought; null where the text to be signed stayed the same. */
  readonly revision: number | null;
  readonly note: string;
  readonly changed: readonly string[];
  /** An account. */
  readonly by: string;
}

/** Writes it down under the next number; the letter's text is held by the caller. */
export async function insertCorrection(trx: Transaction, correction: NewCorrection): Promise<void> {
  const { letterId, at, revision, note, changed, by } = correction;
  await sql`insert into correction (letter_id, number, at, revision, note, changed, made_by)
    select ${letterId}::uuid, coalesce(max(number), 0) + 1, ${at}::timestamptz, ${revision}::int, ${note},
      ${changed}::text[], ${by}::uuid
    from correction where letter_id = ${letterId}`.execute(trx);
}

/** One correction, as readers are told of it. */
export interface Correction {
  readonly number: number;
  readonly at: Date;
  /** The revision that it brought; null where the text to be signed stayed the same. */
  readonly revision: number | null;
  /** In the language of the letter's original. */
  readonly note: string;
  /** What else was changed: a name of correctable. */
  readonly changed: readonly string[];
}

/** A letter's corrections, the latest first. */
export async function selectCorrections(db: Queryable, letterId: string): Promise<Correction[]> {
  const { rows } = await sql<Correction>`
    select number, at, revision, note, changed from correction
    where letter_id = ${letterId} order by number desc`.execute(db);
  return rows;
}
