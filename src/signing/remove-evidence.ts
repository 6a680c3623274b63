import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { touchLetter } from "../letters/touch.ts";
import { recordAct } from "../people/act.ts";
import { selectEvidenced, updateRemoved } from "./evidence-store.ts";

/**
 * Somebody of the desk takes evidence away. Readers see it no longer; the desk sees that it stood, and why it went.
 * @param reason one to a thousand characters; like all evidence it is erased with the signature
 */
export function removeEvidence(
  db: Database,
  clock: Clock,
  by: { readonly id: string; readonly name: string },
  what: {
    readonly letterId: string;
    readonly signatureId: string;
    readonly evidenceId: number;
    readonly reason: string;
  },
): Promise<"removed" | Problem<"unknown">> {
  const { letterId, signatureId, evidenceId, reason } = what;
  return inTransaction(db, async (trx) => {
    if (!(await selectEvidenced(trx, letterId, signatureId, "lock"))) return problem("unknown");
    const at = clock();
    const kind = await updateRemoved(trx, signatureId, evidenceId, { accountId: by.id, reason, at });
    if (!kind) return problem("unknown");
    const before = { evidence: kind };
    await recordAct(trx, at, {
      actor: by,
      act: "evidence.remove",
      subject: { id: signatureId },
      letterId,
      before,
    });
    await touchLetter(trx, letterId);
    return "removed";
  });
}
