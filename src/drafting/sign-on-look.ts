/**
 * Sign-ons that would be held when their letter is published (signing/hold-rules.ts), looked at before: so that a name
 * that is good stands under the letter from its first minute.
 */
import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { recordAct, type Somebody } from "../people/act.ts";
import { type HoldReason, whyHeld } from "../signing/hold-rules.ts";
import { openAddress } from "../signing/limits.ts";
import type { Waiting } from "./circulation-waiting.ts";
import { selectDraft } from "./draft-store.ts";
import type { Signatory } from "./sign-on.ts";
import {
  type PendingSignOn,
  selectCirculating,
  selectPendingSignOns,
  updateFoundGood,
} from "./sign-on-store.ts";

/** A sign-on that the rules would hold. */
export interface Questionable {
  readonly id: string;
  readonly at: Date;
  readonly signatory: Signatory;
  /** The address that the link was mailed to. */
  readonly address: string;
  readonly reasons: readonly HoldReason[];
  readonly watched: string | null;
  /** Whether somebody has looked and found it good: then it is not held. */
  readonly foundGood: boolean;
}

/** Those of a draft that stand or may yet and would be held, in the order in which they were given. */
export async function listQuestionable(db: Queryable, keys: Keys, letterId: string): Promise<Questionable[]> {
  return questionableOf(db, keys, letterId, await selectPendingSignOns(db, letterId));
}

/** The same of some that were looked up. */
export async function questionableOf(
  db: Queryable,
  keys: Keys,
  letterId: string,
  pending: readonly PendingSignOn[],
): Promise<Questionable[]> {
  const emails = pending.map(({ sealed }) => openAddress(keys, sealed));
  const whys = await whyHeld(
    db,
    letterId,
    pending.map((row, index) => ({ row, email: emails[index]!, refusedBefore: false })),
  );
  return pending.flatMap(({ id, at, foundGood, sealed: _, ...signatory }, index) => {
    const { reasons, watched } = whys[index]!;
    if (reasons.length === 0) return [];
    return [{ id, at, signatory, address: emails[index]!.address, reasons, watched, foundGood }];
  });
}

/** Whether a sign-on would be held if its letter were published now: nobody has found it good yet. */
export async function waitsForLook(
  db: Queryable,
  keys: Keys,
  letterId: string,
  signOnId: string,
): Promise<boolean> {
  const own = (await selectPendingSignOns(db, letterId)).filter(({ id }) => id === signOnId);
  return (await questionableOf(db, keys, letterId, own)).some(({ foundGood }) => !foundGood);
}

/** What waits to be looked at before publication: letters that circulate, the one where the oldest waits first. */
export async function waitingLooks(db: Queryable, keys: Keys): Promise<Waiting[]> {
  const letters: Waiting[] = [];
  for (const letterId of await selectCirculating(db)) {
    const pending = (await selectPendingSignOns(db, letterId)).filter(({ foundGood }) => !foundGood);
    const open = await questionableOf(db, keys, letterId, pending);
    if (open.length > 0) letters.push({ letterId, count: open.length, oldest: open[0]!.at });
  }
  return letters.sort((a, b) => a.oldest.getTime() - b.oldest.getTime());
}

/**
 * Says of a sign-on that would be held that it is good, or takes that back. It holds for what was looked at: signed anew
 * under another name, it is to be looked at again.
 * @returns nothing-to-look-at when it was withdrawn, or the letter is public
 */
export function lookAtSignOn(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: Somebody,
  letterId: string,
  signOnId: string,
  good: boolean,
): Promise<{ readonly foundGood: boolean } | Problem<"nothing-to-look-at">> {
  return inTransaction(db, async (trx) => {
    const draft = await selectDraft(trx, letterId, "lock");
    if (!draft || draft.stage === "published") return problem("nothing-to-look-at");
    const one = (await listQuestionable(trx, keys, letterId)).find(({ id }) => id === signOnId);
    if (!one) return problem("nothing-to-look-at");
    if (one.foundGood === good) return { foundGood: good };
    const at = clock();
    await updateFoundGood(trx, signOnId, good ? at : null);
    const act = good ? "sign-on.found-good" : "sign-on.look-again";
    await recordAct(trx, at, { actor, act, subject: { id: signOnId }, letterId });
    return { foundGood: good };
  });
}
