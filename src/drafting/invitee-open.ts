import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem, type Problem } from "../foundation/problem.ts";
import { lockSeat } from "./invitee-seat.ts";
import { updateInvitee } from "./invitee-store.ts";

/**
 * Opens the draft to somebody who was invited and has said that they keep it to themselves. The first time is noted, and
 * nothing of later visits.
 */
export function openToInvitee(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
): Promise<{ readonly opened: true } | Problem<"link-ended">> {
  return inTransaction(db, async (trx) => {
    const seat = await lockSeat(trx, keys, clock, token);
    if (isProblem(seat)) return seat;
    if (!seat.invitee.openedAt) await updateInvitee(trx, seat.invitee.id, { opened_at: clock() });
    return { opened: true };
  });
}
