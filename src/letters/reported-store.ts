/** The SQL of names that were reported elsewhere. */
import { type Insertable, sql } from "kysely";
import type { Schema, Transaction } from "../database/open.ts";

/** The places before this one are left to the names that a letter's own page of the desk lists. */
const beforeImports = 1_000_000;

/** The place behind which names from a file follow. Holds the letter's count. */
export async function lastReported(trx: Transaction, letterId: string): Promise<number> {
  await sql`select from tally where letter_id = ${letterId} for update`.execute(trx);
  const row = await trx
    .selectFrom("reported_signatory")
    .select(({ fn }) => fn.max("position").as("last"))
    .where("letter_id", "=", letterId)
    .executeTakeFirst();
  return Math.max(row?.last ?? 0, beforeImports);
}

/** How many rows go into one statement, which takes 65,535 values. */
const batch = 1_000;

/** Adds names, however many. */
export async function insertReportedNames(
  trx: Transaction,
  rows: readonly Insertable<Schema["reported_signatory"]>[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += batch)
    await trx
      .insertInto("reported_signatory")
      .values(rows.slice(at, at + batch))
      .execute();
}

/** Takes away what an import brought. @returns how many names */
export async function deleteReported(trx: Transaction, importId: string): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom("reported_signatory")
    .where("import_id", "=", importId)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Changes the kept count, and marks the letter's pages as changed. */
export async function addToReported(trx: Transaction, letterId: string, by: number): Promise<void> {
  await sql`update tally set reported = reported + ${by}, changed = pg_current_xact_id()
    where letter_id = ${letterId}`.execute(trx);
}

/** Puts the kept count right where it is wrong. @returns whether it was */
export async function countReportedAnew(trx: Transaction, letterId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update tally set reported = r.count, changed = pg_current_xact_id()
    from (select count(*) as count from reported_signatory where letter_id = ${letterId}) r
    where letter_id = ${letterId} and reported <> r.count`.execute(trx);
  return (numAffectedRows ?? 0n) > 0n;
}
