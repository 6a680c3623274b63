/** The SQL of where things stand in the log that no entry says by itself: revisions, and what removals are about. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { PlacedRemoval, PlacedRevision } from "./numbering.ts";

/** Notes where revisions stand. */
export async function insertRevisions(trx: Transaction, revisions: readonly PlacedRevision[]): Promise<void> {
  await sql`
    insert into log_revision (letter_id, number, index)
    select * from unnest(${revisions.map(({ letterId }) => letterId)}::uuid[],
                         ${revisions.map(({ number }) => number)}::int[], ${revisions.map(({ index }) => index)}::bigint[])
  `.execute(trx);
}

/** Notes what removals are about. */
export async function insertRemovals(trx: Transaction, removals: readonly PlacedRemoval[]): Promise<void> {
  await sql`
    insert into log_removal (index, target)
    select * from unnest(${removals.map(({ index }) => index)}::bigint[], ${removals.map(({ target }) => target)}::bigint[])
  `.execute(trx);
}

/** Removals that an entry is, or is the target of; in their order. */
export async function selectRemovals(db: Queryable, index: number): Promise<PlacedRemoval[]> {
  return db
    .selectFrom("log_removal")
    .select(["index", "target"])
    .where((where) => where.or([where("index", "=", index), where("target", "=", index)]))
    .orderBy("index")
    .execute();
}
