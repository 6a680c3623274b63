/**
 * How long things are kept. The owner sets it; pages, mails and the nightly purge all read it here. A change holds for
 * what begins after it: whoever signed or withdrew before was promised something else, and that is kept.
 */
import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { touchSite } from "../letters/touch.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { insertRetention, lockRetention, selectRetention } from "./retention-store.ts";

/** All in days. */
export interface Retention {
  /** How long a link in a mail confirms. */
  readonly confirmDays: number;
  /** How long an entry that nobody confirms is kept; at least as long as its link works. */
  readonly pendingDays: number;
  /** How long a withdrawal can be undone; then what was signed is erased. */
  readonly withdrawnDays: number;
}

/** The least and the most that each may be; the database holds to them too. */
export const retentionBounds: Readonly<Record<keyof Retention, readonly [least: number, most: number]>> = {
  confirmDays: [2, 30],
  pendingDays: [2, 90],
  withdrawnDays: [7, 90],
};

/** Until an owner says otherwise. */
export const usualRetention: Retention = { confirmDays: 14, pendingDays: 30, withdrawnDays: 30 };

/** What held, or holds, at an instant: what was promised to whoever came then. */
export async function retentionAt(db: Queryable, instant: Date): Promise<Retention> {
  return (await selectRetention(db, instant)) ?? usualRetention;
}

/** What holds now. */
export async function currentRetention(db: Queryable): Promise<Retention> {
  return (await selectRetention(db)) ?? usualRetention;
}

/** By what an owner began from is known, so that two who set it at once see each other. */
export function retentionEdition(retention: Retention): string {
  return Object.values(facts(retention)).join("-");
}

/**
 * Sets it, from now on; every page is renewed. Nothing happens when it is so already.
 * @param seen what the owner began from (retentionEdition); where something else holds by now, nothing is set
 */
export function setRetention(
  db: Database,
  clock: Clock,
  actor: Exclude<Actor, string>,
  retention: Retention,
  seen?: string,
): Promise<Problem<"changed-meanwhile"> | undefined> {
  return inTransaction(db, async (trx) => {
    await lockRetention(trx);
    const before = await currentRetention(trx);
    if (JSON.stringify(facts(before)) === JSON.stringify(facts(retention))) return undefined;
    if (seen !== undefined && seen !== retentionEdition(before)) return problem("changed-meanwhile");
    const now = clock();
    await insertRetention(trx, now, retention);
    await touchSite(trx);
    await recordAct(trx, now, {
      actor,
      act: "site.retention",
      before: facts(before),
      after: facts(retention),
    });
    return undefined;
  });
}

const facts = ({ confirmDays, pendingDays, withdrawnDays }: Retention) => ({
  "confirm-days": confirmDays,
  "pending-days": pendingDays,
  "withdrawn-days": withdrawnDays,
});
