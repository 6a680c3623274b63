import type { Database } from "../../database/open.ts";
import { inTransaction } from "../../database/transaction.ts";
import type { Clock } from "../../foundation/clock.ts";
import { type Problem, problem } from "../../foundation/problem.ts";
import { removeReportedNames } from "../../letters/reported.ts";
import { holdText } from "../../letters/text-lock.ts";
import { type Actor, recordAct } from "../../people/act.ts";
import { countMove } from "../counts.ts";
import { lockImport, selectImport, updateTakenBack } from "./import-store.ts";
import { deleteImportedPending } from "./waiting-store.ts";

/**
 * Takes an import back. Of those who are asked: all who have not answered; what was confirmed is its signatory's, and
 * stays. Of names as reported: all of them.
 * @returns how many entries
 */
export function takeBackImport(
  db: Database,
  clock: Clock,
  actor: Actor,
  letterId: string,
  id: string,
): Promise<number | Problem<"import-unknown" | "taken-back">> {
  return inTransaction(db, async (trx) => {
    const now = clock();
    const found = await selectImport(trx, letterId, id);
    if (!found) return problem("import-unknown");
    if (found.takenBackAt) return problem("taken-back");
    if (found.mode === "report") {
      await holdText(trx, letterId);
      await lockImport(trx, id);
    }
    const entries =
      found.mode === "ask"
        ? await deleteImportedPending(trx, id)
        : await removeReportedNames(trx, letterId, id);
    // Somebody else may have done so a moment before: then there was nothing left to take.
    if (!(await updateTakenBack(trx, id, now, entries))) return problem("taken-back");
    if (found.mode === "ask") await countMove(trx, letterId, "pending", undefined, entries);
    await recordAct(trx, now, {
      actor,
      act: "import.taken-back",
      subject: { id, name: found.fileName ?? undefined },
      letterId,
      after: { "taken-back": entries },
    });
    return entries;
  });
}
