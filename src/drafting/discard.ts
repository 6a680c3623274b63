/** Drafts that are not wanted any more are put aside; for thirty days they can be taken up again. */
import type { Database, Queryable, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { forgetPartners } from "../people/account.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { forgetModeration } from "../signing/moderation.ts";
import { type DiscardedRow, deleteDiscarded, selectDiscarded, updateDiscarded } from "./discard-store.ts";
import { type DraftDocument, draftDocument, titleIn } from "./document.ts";
import { draftOf } from "./draft.ts";
import { selectDraft } from "./draft-store.ts";
import { callOff } from "./publish-schedule.ts";

const day = 86_400_000;
/** How long a draft that was put aside is kept, in milliseconds. */
export const keptDiscarded = 30 * day;

export type DiscardRefusal = "draft-unknown" | "already-public";

/**
 * Puts a draft aside; a time that was set for its publication is called off. That of a public letter stays: it is the
 * copy in which corrections are prepared.
 */
export function discardDraft(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
): Promise<undefined | Problem<DiscardRefusal>> {
  const at = clock();
  const before = (trx: Transaction) => callOff(trx, keys, actor, letterId, at);
  return setDiscarded(db, actor, letterId, "letter.discard", at, before);
}

/** Takes up again what was put aside. */
export function restoreDraft(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
): Promise<undefined | Problem<DiscardRefusal>> {
  return setDiscarded(db, actor, letterId, "letter.take-up", clock());
}

function setDiscarded(
  db: Database,
  actor: Actor,
  letterId: string,
  act: "letter.discard" | "letter.take-up",
  at: Date,
  before?: (trx: Transaction) => Promise<void>,
): Promise<undefined | Problem<DiscardRefusal>> {
  return inTransaction(db, async (trx) => {
    const row = await selectDraft(trx, letterId, "lock");
    if (!row) return problem("draft-unknown");
    if (row.stage === "published") return problem("already-public");
    const discarded = act === "letter.discard";
    if ((row.discarded_at !== null) === discarded) return undefined;
    await before?.(trx);
    await updateDiscarded(trx, letterId, discarded ? at : null);
    await recordAct(trx, at, { actor, act, subject: subjectOf(letterId, draftOf(row).document), letterId });
    return undefined;
  });
}

export interface Discarded {
  readonly letterId: string;
  readonly document: DraftDocument;
  readonly discardedAt: Date;
  /** When it is deleted for good. */
  readonly until: Date;
}

/** Drafts that were put aside, the latest first. */
export async function listDiscarded(db: Queryable): Promise<Discarded[]> {
  return (await selectDiscarded(db)).map(discardedOf);
}

function discardedOf(row: DiscardedRow): Discarded {
  return {
    letterId: row.letter_id,
    document: draftDocument.parse(row.document),
    discardedAt: row.discarded_at,
    until: new Date(row.discarded_at.getTime() + keptDiscarded),
  };
}

/**
 * Deletes for good what was put aside more than thirty days ago, with all that belongs to it: its rules for signatures,
 * and which partners may see it, too. Run once a day.
 * @returns how many
 */
export function purgeDrafts(db: Database, clock: Clock): Promise<number> {
  return inTransaction(db, async (trx) => {
    const at = clock();
    const rows = await deleteDiscarded(trx, new Date(at.getTime() - keptDiscarded));
    const deleted = rows.map(discardedOf);
    const ids = deleted.map(({ letterId }) => letterId);
    if (ids.length > 0) {
      await forgetModeration(trx, ids);
      await forgetPartners(trx, ids);
    }
    for (const { letterId, document } of deleted)
      await recordAct(trx, at, {
        actor: "system",
        act: "letter.delete",
        subject: subjectOf(letterId, document),
        letterId,
      });
    return deleted.length;
  });
}

function subjectOf(id: string, document: DraftDocument) {
  return { id, name: titleIn(document, document.language).title || undefined };
}
