import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { isProblem, type Problem } from "../foundation/problem.ts";
import { retract } from "./erase.ts";
import { lockOwn, type OwnRefusal } from "./find-own.ts";
import { secretToReveal, takeDown } from "./take-down.ts";

/**
 * Withdraws a signature: it counts no longer and its name leaves the list. What it says is kept for some weeks, seen by
 * nobody but its signatory, so that the withdrawal can be undone (restore.ts); then it is erased. No mail says so: the
 * page does. The address may sign again at once. One that is still held is erased with it: there is nothing to undo.
 * @param given the owner secret out of the signatory's receipt; the log then shows that nobody else withdrew
 */
export function withdrawSignature(
  db: Database,
  clock: Clock,
  token: string,
  given?: Uint8Array,
): Promise<"withdrawn" | Problem<OwnRefusal | "owner-differs">> {
  return inTransaction(db, async (trx) => {
    const row = await lockOwn(trx, clock, token, ["accepted", "held", "pending"]);
    if (isProblem(row)) return row;
    if (row.state !== "accepted") {
      await retract(trx, row, clock());
      return "withdrawn";
    }
    const secret = await secretToReveal(trx, row.id, token, given);
    if (isProblem(secret)) return secret;
    await takeDown(trx, row, clock(), secret);
    return "withdrawn";
  });
}
