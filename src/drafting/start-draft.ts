import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import { recordAct } from "../people/act.ts";
import { emptyDocument, titleIn } from "./document.ts";
import { insertDraft } from "./draft-store.ts";

/**
 * Starts a letter.
 * @param actor whoever starts it
 * @param language the original's, a BCP 47 tag
 * @param title what it is called so far, may be empty
 * @returns the letter's identity, which it keeps in the archive
 */
export function startDraft(
  db: Database,
  clock: Clock,
  actor: { readonly id: string; readonly name: string },
  language: string,
  title = "",
): Promise<string> {
  return inTransaction(db, async (trx) => {
    const letterId = newId();
    const at = clock();
    const empty = emptyDocument(language);
    const document = { ...empty, texts: { [language]: { ...empty.texts[language]!, title } } };
    await insertDraft(trx, { letterId, stage: "drafting", document, at, by: actor.id });
    await recordAct(trx, at, {
      actor,
      act: "letter.start",
      subject: { id: letterId, name: titleIn(document, language).title || undefined },
      letterId,
    });
    return letterId;
  });
}
