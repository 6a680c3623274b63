import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem, type Problem } from "../foundation/problem.ts";
import { lockSeat } from "./invitee-seat.ts";
import { noteEvent } from "./news.ts";
import { updateSignOnWithdrawn } from "./sign-on-store.ts";

/** Withdraws what was signed, also after the deadline. The row stays, and says so. */
export function withdrawSignOn(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
): Promise<{ readonly withdrawn: true } | Problem<"link-ended">> {
  return inTransaction(db, async (trx) => {
    const seat = await lockSeat(trx, keys, clock, token);
    if (isProblem(seat)) return seat;
    const { signOn, invitee } = seat;
    if (!signOn || signOn.state === "withdrawn") return { withdrawn: true };
    const at = clock();
    await updateSignOnWithdrawn(trx, signOn.id, at);
    await noteEvent(trx, invitee.letterId, invitee.id, "withdrawn", at);
    return { withdrawn: true };
  });
}
