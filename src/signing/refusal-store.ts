/** The SQL of why a signature was refused. */
import type { Queryable } from "../database/open.ts";
import type { RefusalReason } from "./refusal-reasons.ts";

/** What a decision to refuse says to those whom it reached. */
export async function selectRefusal(
  db: Queryable,
  decisionId: string,
): Promise<{ readonly reason: RefusalReason; readonly note: string | null }> {
  const row = await db
    .selectFrom("decision")
    .select(["reason", "note"])
    .where("id", "=", decisionId)
    .executeTakeFirstOrThrow();
  if (!row.reason) throw new Error(`decision ${decisionId} refuses nothing`);
  return { ...row, reason: row.reason };
}
