/** Many events at once, for logs of a size. */
import { sql } from "kysely";
import type { Database } from "../../src/database/open.ts";

/** Queues so many deliveries of a letter, each of another document. */
export async function queueDeliveries(db: Database, letterId: string, count: number): Promise<void> {
  await sql`
    insert into log_queue (letter_id, event)
    select ${letterId}, json_build_object('t', 'deliver', 'd',
      rtrim(translate(encode(sha256(i::text::bytea), 'base64'), '+/', '-_'), '='))
    from generate_series(1, ${count}::int) as i`.execute(db);
}
