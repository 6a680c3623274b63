/** The SQL of what keeps the log from being numbered. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";

/** Why nothing can be numbered, and since when. */
export interface Halt {
  /** The line of the server's log, in English, for whoever mends it. */
  readonly why: string;
  readonly since: Date;
}

/** Notes it for the log as it stands. Met again at the same size, it stands since it was met first. */
export async function upsertHalt(db: Queryable, why: string): Promise<void> {
  await sql`
    insert into log_halt as known (size, why) select size, ${why} from log_state
    on conflict ("only") do update set size = excluded.size, why = excluded.why,
      since = case when known.size = excluded.size then known.since else excluded.since end`.execute(db);
}

/** What stands: nothing once the log has grown, or nothing waits any more. */
export async function selectHalt(db: Queryable): Promise<Halt | undefined> {
  const { rows } = await sql<Halt>`
    select why, since from log_halt join log_state using (size)
    where exists (select from log_queue)`.execute(db);
  return rows[0];
}
