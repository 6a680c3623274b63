import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { titleIn } from "./document.ts";
import { insertDraft } from "./draft-store.ts";
import { openDraft } from "./open-draft.ts";

/**
 * Starts a letter from what another says as it is saved; its date is left open.
 * @returns the new letter's identity; nothing where there is no letter to copy
 */
export async function copyLetter(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
): Promise<string | undefined> {
  const from = await openDraft(db, clock, letterId);
  if (!from) return undefined;
  const id = newId();
  const document = { ...from.document, date: "", namedSignatories: [], reportedCount: null };
  await inTransaction(db, async (trx) => {
    const at = clock();
    await insertDraft(trx, { letterId: id, stage: "drafting", document, at, by: actor.id });
    const name = titleIn(document, document.language).title || undefined;
    await recordAct(trx, at, { actor, act: "letter.copy", subject: { id, name }, letterId: id });
  });
  return id;
}
