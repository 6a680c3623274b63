import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem } from "../foundation/problem.ts";
import { addJob } from "../jobs/queue.ts";
import { holdText } from "../letters/text-lock.ts";
import { carryOut, type Meant } from "./carry-out.ts";
import { heldFilter } from "./condition.ts";
import { decideDescribed } from "./decide.ts";
import type { Decision } from "./decision.ts";
import {
  lockDecision,
  noteReached,
  selectDecidable,
  selectDecidedIds,
  selectDecision,
  selectHeldIds,
  selectLeftOver,
} from "./decision-store.ts";
import { lockArrivals } from "./mail-store.ts";

/** How many signatures one transaction decides about. Confirmations of the letter wait for it meanwhile. */
const step = 100;

/**
 * Carries out the next step of a decision about many, and asks for the one after it. What a step has reached is
 * committed with its place, so a job that is done again finds nothing left of what it did.
 * @param after the last signature of the step before
 */
export async function carryOutStep(
  db: Database,
  keys: Keys,
  clock: Clock,
  { decisionId, after }: { readonly decisionId: string; readonly after?: string | undefined },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const seen = await selectDecision(trx, decisionId);
    if (!seen || seen.finishedAt) return;
    // What is held again may meet a new entry of the same address: no form is taken meanwhile.
    if (seen.verdict === "hold") await lockArrivals(trx, seen.letterId);
    await holdText(trx, seen.letterId);
    const decision = await lockDecision(trx, decisionId);
    if (!decision || decision.finishedAt) return;
    const now = clock();
    // What was decided before the letter closed, and not yet carried out, cannot be any more.
    const closed = decision.verdict !== "refuse" && !(await selectDecidable(trx, decision.letterId));
    // One that was taken back while it was carried out goes no further.
    const meant = closed || decision.undoneBy ? nobody : await nextOf(trx, keys, decision, after);
    const reached = await carryOut(trx, keys, decision, meant, now);
    const { ids } = meant;
    const ended = ids.length < step;
    await noteReached(trx, decision.id, reached, ended ? now : null);
    if (!ended) await addJob(trx, "carry-out-decision", { decisionId, after: ids.at(-1)! });
  });
}

const nobody: Meant = { ids: [], state: "held" };

async function nextOf(
  db: Queryable,
  keys: Keys,
  { letterId, condition, undoes }: Decision,
  after: string | undefined,
): Promise<Meant> {
  if (condition)
    return {
      ids: await selectHeldIds(db, heldFilter(keys, letterId, condition), after, step),
      state: "held",
    };
  const undone = (await selectDecision(db, undoes!))!;
  const state = undone.verdict === "accept" ? "accepted" : "refused";
  return { ids: await selectDecidedIds(db, undone.id, state, after, step), state, by: undone.id };
}

/**
 * Refuses what is held still under letters that have closed, and tells the signatories: the log takes no signature
 * after the close. Run once a day.
 * @returns how many decisions were made
 */
export async function refuseLeftOvers(db: Database, keys: Keys, clock: Clock): Promise<number> {
  let made = 0;
  for (const { id } of await selectLeftOver(db)) {
    const about = { letterId: id, condition: { until: clock().toISOString() } };
    const ruling = { verdict: "refuse", reason: "closed", note: null, told: true } as const;
    if (!isProblem(await decideDescribed(db, keys, clock, "system", about, ruling))) made++;
  }
  return made;
}
