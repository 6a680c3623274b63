/** The SQL of the changes of a signature: a row each, with who and when. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";

export interface Change {
  readonly signatureId: string;
  readonly at: Date;
  readonly change:
    | "accepted"
    | "corrected"
    | "withdrawn"
    | "restored"
    | "erased"
    | "undeliverable"
    | "held"
    | "refused"
    | "asked-again"
    | "signed-again";
  readonly actor: "signatory" | "system" | "desk";
  readonly reason?: string | undefined;
  /** The decision that it follows from; it says who made it. */
  readonly decisionId?: string | undefined;
}

/** Records a change of state. */
export function insertChange(trx: Transaction, change: Change): Promise<void> {
  return insertChanges(trx, [change]);
}

/** Records changes of state, at least one. */
export async function insertChanges(trx: Transaction, changes: readonly Change[]): Promise<void> {
  const rows = changes.map(({ signatureId, reason = null, decisionId = null, ...row }) => ({
    ...row,
    signature_id: signatureId,
    reason,
    decision_id: decisionId,
  }));
  await trx.insertInto("signature_change").values(rows).execute();
}

/** When its signatory last corrected a signature, if ever. */
export async function selectCorrectedAt(db: Queryable, signatureId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom("signature_change")
    .select((expression) => expression.fn.max("at").as("at"))
    .where("signature_id", "=", signatureId)
    .where("change", "=", "corrected")
    .executeTakeFirst();
  return row?.at ?? undefined;
}

/** How often a signature was corrected or put back since an instant. Stopping mail is no such change. */
export async function countOwnChanges(db: Queryable, signatureId: string, since: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from signature_change
    where signature_id = ${signatureId} and at > ${since} and change in ('corrected', 'restored')
      and reason is distinct from 'updates stopped'`.execute(db);
  return rows[0]!.n;
}
