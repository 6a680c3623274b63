import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { addJob } from "../jobs/queue.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { originalOf, staysSigned, titleIn } from "./document.ts";
import { draftOf, listFrozenTexts } from "./draft.ts";
import { insertDraftRevision, selectDraft, selectLastNumber } from "./draft-store.ts";
import { selectLastSchedule } from "./publish-store.ts";
import { selectSignedDrafts } from "./sign-on-store.ts";

export type FreezeRefusal = "draft-unknown" | "text-missing" | "nothing-changed";

export interface Frozen {
  readonly number: number;
  /** Whether the one before still took sign-ons that it does not: then their signatories are asked anew. */
  readonly asksAgain: boolean;
}

/**
 * Freezes the draft as it is saved into its next numbered revision.
 * @param note what is new in it, in the editor's words
 * @param seen the edition that was looked at; where another has been saved since, nothing is done
 */
export function freezeDraft(
  db: Database,
  clock: Clock,
  actor: Actor,
  letterId: string,
  note: string,
  seen?: number,
): Promise<Frozen | Problem<FreezeRefusal | "edited-meanwhile">> {
  return inTransaction(db, async (trx) => {
    const row = await selectDraft(trx, letterId, "lock");
    if (row && seen !== undefined && row.edition !== seen) return problem("edited-meanwhile");
    return freeze(trx, actor, letterId, note, clock());
  });
}

/**
 * The same, within a transaction of more.
 * @param needs "title" lets a letter pass whose text is not held: one that is recorded from elsewhere
 */
export async function freeze(
  trx: Transaction,
  actor: Actor,
  letterId: string,
  note: string,
  at: Date,
  needs: "text" | "title" = "text",
): Promise<Frozen | Problem<FreezeRefusal>> {
  const row = await selectDraft(trx, letterId, "lock");
  if (!row || row.discarded_at) return problem("draft-unknown");
  const { document } = draftOf(row);
  const { title, body } = originalOf(document);
  if (title.trim() === "" || (needs === "text" && body.trim() === "")) return problem("text-missing");
  const last = await selectLastNumber(trx, letterId);
  const earlier = await listFrozenTexts(trx, letterId, [last, ...(await signedOrScheduled(trx, letterId))]);
  const before = earlier.find(({ number }) => number === last);
  if (before && JSON.stringify(before.document) === JSON.stringify(document))
    return problem("nothing-changed");
  const by = typeof actor === "object" ? actor.id : null;
  const numbers = (some: typeof earlier) => some.map((one) => one.number);
  const covers = numbers(earlier.filter((one) => staysSigned(one.document, document)));
  // One may be published yet, at the time that was set for it.
  const coveredBy = numbers(earlier.filter((one) => staysSigned(document, one.document)));
  const number = await insertDraftRevision(trx, letterId, { document, covers, coveredBy, note, at, by });
  await recordAct(trx, at, {
    actor,
    act: "letter.freeze",
    subject: { id: letterId, name: titleIn(document, document.language).title },
    letterId,
    after: { draft: number, ...(note && { note }) },
  });
  const asksAgain = numbers(earlier).some((one) => before!.covers.includes(one) && !covers.includes(one));
  if (asksAgain && row.stage === "circulating")
    await addJob(trx, "tell-invited", { letterId }, { key: `tell-invited ${letterId}` });
  return { number, asksAgain };
}

/**
 * The frozen drafts beside the latest whose words still count: who signed one of them may be asked anew, and one that
 * waits for its time takes over what is signed. Nobody signs any other, since only the latest is shown.
 */
async function signedOrScheduled(trx: Transaction, letterId: string): Promise<number[]> {
  const signed = await selectSignedDrafts(trx, letterId);
  const schedule = await selectLastSchedule(trx, letterId);
  return schedule?.state === "waiting" ? [...signed, schedule.draft] : signed;
}
