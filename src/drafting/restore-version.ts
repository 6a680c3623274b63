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
 */
export function restoreVersion(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
  document: DraftDocument,
  version: string,
): Promise<{ readonly edition: number } | Problem<"draft-unknown">> {
  return inTransaction(db, async (trx) => {
    const row = await selectDraft(trx, letterId, "lock");
    if (!row || row.discarded_at) return problem("draft-unknown");
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
