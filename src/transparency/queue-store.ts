/** The SQL of what waits for a number in the log. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { LogEvent, QueuedEvent } from "./numbering.ts";

/** Events, at least one, begin to wait in this order. */
export async function insertEvents(trx: Transaction, events: readonly QueuedEvent[]): Promise<void> {
  const rows = events.map(({ letterId, signatureId, event }) => ({
    letter_id: letterId,
    signature_id: signatureId,
    event: JSON.stringify(event),
  }));
  await trx.insertInto("log_queue").values(rows).execute();
}

/** What waits, in its order. */
export async function selectQueued(
  trx: Queryable,
  limit: number,
): Promise<(QueuedEvent & { readonly id: number })[]> {
  const { rows } = await sql<{ id: number; letterId: string; signatureId: string | null; event: LogEvent }>`
    select id, letter_id as "letterId", signature_id as "signatureId", event from log_queue order by id limit ${limit}
  `.execute(trx);
  return rows;
}

export async function deleteQueued(trx: Transaction, ids: readonly number[]): Promise<void> {
  await sql`delete from log_queue where id = any(${ids}::bigint[])`.execute(trx);
}

/** Whether anything waits. */
export async function isAnythingQueued(db: Queryable): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`select exists(select from log_queue) as waits`.execute(db);
  return rows[0]!.waits;
}
