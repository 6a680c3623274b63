import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { recordAct } from "../people/act.ts";
import { type DraftDocument, titleIn } from "./document.ts";
import { draftOf } from "./draft.ts";
import { selectDraft, updateDocument } from "./draft-store.ts";

export type SaveRefusal = "draft-unknown" | "edited-meanwhile";

/**
 * Saves a draft's document.
 * @param edition the one that the editor began from: when another has been saved since, this is refused, and the editor
 *   is shown both
 * @returns the new edition
 */
export function saveDraft(
  db: Database,
  clock: Clock,
  actor: { readonly id: string; readonly name: string },
  letterId: string,
  edition: number,
  document: DraftDocument,
): Promise<{ readonly edition: number } | Problem<SaveRefusal>> {
  return inTransaction(db, async (trx) => {
    const row = await selectDraft(trx, letterId, "lock");
    if (!row || row.discarded_at) return problem("draft-unknown");
    if (JSON.stringify(draftOf(row).document) === JSON.stringify(document)) return { edition: row.edition };
    if (row.edition !== edition) return problem("edited-meanwhile");
    const at = clock();
    const saved = await updateDocument(trx, letterId, { document, at, by: actor.id });
    await recordAct(trx, at, {
      actor,
      act: "letter.save",
      subject: { id: letterId, name: titleIn(document, document.language).title || undefined },
      letterId,
      after: { edition: saved },
    });
    return { edition: saved };
  });
}
