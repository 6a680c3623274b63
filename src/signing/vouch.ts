import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { touchLetter } from "../letters/touch.ts";
import { recordAct } from "../people/act.ts";
import { canGain } from "./evidence.ts";
import { insertEvidence, selectEvidenced } from "./evidence-store.ts";

/**
 * Somebody of the desk vouches for a signature, and says how they know.
 * @param note one to a thousand characters; it is seen at the desk alone, and erased with the signature
 */
export function vouchFor(
  db: Database,
  clock: Clock,
  by: { readonly id: string; readonly name: string },
  { letterId, signatureId, note }: { letterId: string; signatureId: string; note: string },
): Promise<"vouched" | Problem<"unknown">> {
  return inTransaction(db, async (trx) => {
    const row = await selectEvidenced(trx, letterId, signatureId, "lock");
    if (!row || !canGain(row)) return problem("unknown");
    const at = clock();
    const added = await insertEvidence(trx, {
      signatureId,
      kind: "organisers",
      detail: null,
      showDetail: false,
      note,
      at,
      by: { accountId: by.id },
    });
    if (!added) return "vouched";
    const after = { evidence: "organisers" };
    await recordAct(trx, at, {
      actor: by,
      act: "evidence.add",
      subject: { id: signatureId },
      letterId,
      after,
    });
    await touchLetter(trx, letterId);
    return "vouched";
  });
}
