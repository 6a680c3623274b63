/** Signatures as far as the log knows them: events made up by SQL, so that a million of them take seconds. */
import { sql } from "kysely";
import type { Queryable } from "../../src/database/open.ts";

/** 32 random bytes in base64url, in SQL. */
const hash = sql`rtrim(translate(encode(sha256(gen_random_uuid()::text::bytea), 'base64'), '+/', '-_'), '=')`;

/** Queues signatures of a letter under its latest text. */
export async function queueSignatures(db: Queryable, letterId: string, count: number): Promise<void> {
  await sql`
    insert into log_queue (letter_id, signature_id, event)
    select ${letterId}, gen_random_uuid(),
      json_build_object('t', 'sign', 'c', ${hash}, 'k', 'p', 'r', revision, 'u', ${hash})
    from log_letter, generate_series(1, ${count}::int) where letter_id = ${letterId}`.execute(db);
}
