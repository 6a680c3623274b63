/** The SQL of saying that pages have changed (web/changes.ts looks for it). */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";

/** Marks every page as changed by this transaction. */
export async function markSite(trx: Queryable): Promise<void> {
  await sql`update site set changed = pg_current_xact_id()`.execute(trx);
}

/** Marks the pages of one letter as changed by this transaction. */
export async function markLetter(trx: Queryable, letterId: string): Promise<void> {
  await sql`update tally set changed = pg_current_xact_id() where letter_id = ${letterId}`.execute(trx);
}
