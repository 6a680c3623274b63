/** What is read to publish openings. All of it in one snapshot, so that log, list and count belong together. */
import { sql } from "kysely";
import type { Transaction } from "../database/open.ts";

export interface OpeningsHead {
  /** The log's size. */
  readonly size: number;
  /** The count that the letter's page shows, without the signatures and withdrawals that wait for their number. */
  readonly count: number;
  /** Names that the log discloses are gone, and it does not say so yet. */
  readonly removing: boolean;
}

export async function selectOpeningsHead(trx: Transaction, letterId: string): Promise<OpeningsHead> {
  const { rows } = await sql<OpeningsHead>`
    select (select size from log_state) as size,
      (select people + organisations from tally where letter_id = ${letterId})
        - count(*) filter (where event ->> 't' = 'sign') + count(*) filter (where event ->> 't' = 'withdraw') as count,
      coalesce(bool_or(event ->> 't' in ('withdraw', 'erase') and l.signature_id is not null), false) as removing
    from log_queue q
    left join log_signature l on l.signature_id = q.signature_id and not l.withdrawn and not l.erased
    where q.letter_id = ${letterId}`.execute(trx);
  return rows[0]!;
}

export interface OpeningRow {
  readonly index: number;
  readonly s: number;
  readonly name: string;
  readonly affiliation: string | null;
  readonly salt_name: Buffer;
  readonly salt_affiliation: Buffer;
  readonly email_commitment: Buffer;
}

/** Signatures that the log holds as active and disclosed, after a place among the letter's entries. */
export async function selectOpenings(
  trx: Transaction,
  letterId: string,
  after: number,
  limit: number,
): Promise<OpeningRow[]> {
  const { rows } = await sql<OpeningRow>`
    select l.index, l.s, g.name, g.affiliation, k.salt_name, k.salt_affiliation, k.email_commitment
    from log_signature l
    join signature g on g.id = l.signature_id
    join signature_secret k on k.signature_id = l.signature_id
    where l.letter_id = ${letterId} and l.s > ${after} and not l.withdrawn and not l.erased
    order by l.s limit ${limit}`.execute(trx);
  return rows;
}
