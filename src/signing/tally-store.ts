/** The SQL of kept counts. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";

/** Adds to a letter's counts, and marks its pages as changed. */
export async function addToTally(
  trx: Transaction,
  letterId: string,
  by: { readonly people: number; readonly organisations: number; readonly unnamed: number },
): Promise<void> {
  await sql`
    update tally set people = people + ${by.people}, organisations = organisations + ${by.organisations},
      unnamed = unnamed + ${by.unnamed}, changed = pg_current_xact_id()
    where letter_id = ${letterId}
  `.execute(trx);
}

/** A letter's counts, counted anew: slow, for checks. */
export async function countAccepted(
  db: Queryable,
  letterId: string,
): Promise<{ people: number; organisations: number; unnamed: number }> {
  const { rows } = await sql<{ people: number; organisations: number; unnamed: number }>`
    select count(*) filter (where kind = 'person') as people,
           count(*) filter (where kind = 'organisation') as organisations,
           count(*) filter (where not show) as unnamed
    from signature where letter_id = ${letterId} and state = 'accepted'
  `.execute(db);
  return rows[0]!;
}
