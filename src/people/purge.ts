import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { deleteOldProofs } from "./address-proof-store.ts";
import { failureLimit } from "./enter-by-passkey.ts";
import { deleteEndedInvitations } from "./invitation-store.ts";
import { deleteOldLinks } from "./link-store.ts";
import { deleteOldFailures } from "./passkey-store.ts";
import { sessionIdle } from "./session.ts";
import { deleteEndedSessions } from "./session-store.ts";

const day = 86_400_000;

/**
 * Deletes what has had its time: sessions, invitations and links that have ended, and failed sign-ins. What was done at
 * the desk is never deleted. Run once a day.
 * @returns how many of each
 */
export function purgePeople(
  db: Database,
  clock: Clock,
): Promise<{
  readonly sessions: number;
  readonly invitations: number;
  readonly links: number;
  readonly proofs: number;
  readonly failures: number;
}> {
  const now = clock();
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  return inTransaction(db, async (trx) => ({
    sessions: await deleteEndedSessions(trx, { now, idle: before(sessionIdle) }),
    invitations: await deleteEndedInvitations(trx, now),
    links: await deleteOldLinks(trx, before(day)),
    // A mail about one may be tried for two days.
    proofs: await deleteOldProofs(trx, before(4 * day)),
    failures: await deleteOldFailures(trx, before(failureLimit.within)),
  }));
}
