import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem, type Problem } from "../foundation/problem.ts";
import { lockSeat } from "./invitee-seat.ts";
import { updateInvitee } from "./invitee-store.ts";
import { noteEvent } from "./news.ts";
import { updateSignOnWithdrawn } from "./sign-on-store.ts";

/**
 * Declines to sign. What was signed before is withdrawn with it; signing later takes the refusal back.
 * @param word to the editors; may be empty
 */
export function declineDraft(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
  word: string,
): Promise<{ readonly declined: true } | Problem<"link-ended">> {
  return inTransaction(db, async (trx) => {
    const seat = await lockSeat(trx, keys, clock, token);
    if (isProblem(seat)) return seat;
    const { invitee, signOn } = seat;
    const at = clock();
    if (signOn && signOn.state !== "withdrawn") await updateSignOnWithdrawn(trx, signOn.id, at);
    await updateInvitee(trx, invitee.id, { declined_at: at, declined_word: word === "" ? null : word });
    await noteEvent(trx, invitee.letterId, invitee.id, "declined", at);
    return { declined: true };
  });
}
