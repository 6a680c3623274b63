import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { type DraftDocument, titleIn } from "./document.ts";
import { selectDraft, updateDocument } from "./draft-store.ts";

/**
 * Makes an earlier document the working copy again. What was there stays among the editions.
 * @param version what it was, for the history: "draft-3", "edition-12"
 * @param seen the edition in whose place it is put; where another has been saved since, nothing is done
 */
export function restoreVersion(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
  document: DraftDocument,
  version: string,
  seen?: number,
): Promise<{ readonly edition: number } | Problem<"draft-unknown" | "edited-meanwhile">> {
  return inTransaction(db, async (trx) => {
    const row = await selectDraft(trx, letterId, "lock");
    if (!row || row.discarded_at) return problem("draft-unknown");
    if (seen !== undefined && row.edition !== seen) return problem("edited-meanwhile");
    const at = clock();
    const edition = await updateDocument(trx, letterId, { document, at, by: actor.id });
    await recordAct(trx, at, {
      actor,
      act: "letter.restore",
      subject: { id: letterId, name: titleIn(document, document.language).title || undefined },
      letterId,
      after: { version, edition },
    });
    return { edition };
  });
}
