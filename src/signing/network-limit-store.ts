/** The SQL of how many forms a network has sent, or steps it has taken (form_network.forms). */
import { sql } from "kysely";
import type { Database } from "../database/open.ts";

/**
 * Counts one more of a network; one whose count began at an instant or before begins anew.
 * @returns since when is counted, and how many
 */
export async function countOnce(
  db: Database,
  network: Buffer,
  now: Date,
  passed: Date,
): Promise<{ readonly since: Date; readonly count: number }> {
  const { rows } = await sql<{ since: Date; count: number }>`
    insert into form_network as known (network, since, forms) values (${network}, ${now}, 1)
    on conflict (network) do update set
      since = case when known.since <= ${passed} then excluded.since else known.since end,
      forms = case when known.since <= ${passed} then 1 else known.forms + 1 end
    returning since, forms as count`.execute(db);
  return rows[0]!;
}

export async function deleteNetworks(db: Database, passed: Date): Promise<void> {
  await db.deleteFrom("form_network").where("since", "<=", passed).execute();
}
