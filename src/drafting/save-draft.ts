import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { type NamedTopic, nameTopics } from "../letters/topics.ts";
import { recordAct } from "../people/act.ts";
import { type DraftDocument, titleIn } from "./document.ts";
import { draftOf } from "./draft.ts";
import { selectDraft, updateDocument } from "./draft-store.ts";

export type SaveRefusal = "draft-unknown" | "edited-meanwhile" | "topic-taken";

/**
 * Saves a draft's document.
 * @param edition the one that the editor began from: when another has been saved since, this is refused, and the editor
 *   is shown both
 * @param topics those of its topics that were typed: they are named with it
 * @returns the new edition
 */
export function saveDraft(
  db: Database,
  clock: Clock,
  actor: { readonly id: string; readonly name: string },
  letterId: string,
  edition: number,
  document: DraftDocument,
  topics: readonly NamedTopic[] = [],
): Promise<{ readonly edition: number } | Problem<SaveRefusal>> {
  return inTransaction(db, async (trx) => {
    const row = await selectDraft(trx, letterId, "lock");
    if (!row || row.discarded_at) return problem("draft-unknown");
    const same = JSON.stringify(draftOf(row).document) === JSON.stringify(document);
    if (!same && row.edition !== edition) return problem("edited-meanwhile");
    const taken = await nameTopics(trx, topics);
    if (taken) return taken;
    if (same) return { edition: row.edition };
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
