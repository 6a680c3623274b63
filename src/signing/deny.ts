import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import { stopMail } from "./correct.ts";
import { countMove } from "./counts.ts";
import { insertBlock } from "./mail-store.ts";
import { deleteDenied } from "./signature-store.ts";
import { selectByToken } from "./token-store.ts";

/**
 * "This was not me": deletes a pending signature, and stops all further mail about its letter to its address. Works
 * with an old link too.
 * @returns "already-accepted" when somebody with access to the mailbox has confirmed: then it can be withdrawn
 */
export function denySignature(
  db: Database,
  clock: Clock,
  token: string,
): Promise<"denied" | Problem<"link-unknown" | "already-accepted" | "withdrawn">> {
  return inTransaction(db, async (trx) => {
    const row = await selectByToken(trx, hashToken(token), "confirm", "", "lock");
    if (!row) return problem("link-unknown");
    if (row.state === "accepted" || row.state === "held") {
      // The owner of the mailbox wants no mail: that much is heeded. The signature is theirs to withdraw.
      await stopMail(trx, row, clock());
      return problem("already-accepted");
    }
    if (row.state !== "pending") return problem("withdrawn");
    await insertBlock(trx, row.letter_id, row.email_hash!, clock());
    await deleteDenied(trx, row);
    await countMove(trx, row.letter_id, "pending", undefined);
    return "denied";
  });
}
