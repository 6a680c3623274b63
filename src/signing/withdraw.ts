import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { fold } from "../foundation/fold.ts";
import type { Problem } from "../foundation/problem.ts";
import { dropKnownName } from "../letters/known-names.ts";
import { count } from "./counts.ts";
import { lockOwn, type OwnRefusal } from "./find-own.ts";
import { emptySignature, insertChange, isNameListed } from "./store.ts";

/**
 * Withdraws a signature: it counts no longer, its name leaves the list, and everything personal is deleted. No mail
 * says so: the page does, and for a mail the address would have to be kept. The address may sign again.
 */
export function withdrawSignature(
  db: Database,
  clock: Clock,
  token: string,
): Promise<"withdrawn" | Problem<OwnRefusal>> {
  return inTransaction(db, async (trx) => {
    const row = await lockOwn(trx, clock, token);
    if ("problem" in row) return row;
    await emptySignature(trx, row.id);
    await insertChange(trx, { signatureId: row.id, at: clock(), change: "withdrawn", actor: "signatory" });
    // The tally is held from here on: what is listed under this name cannot change meanwhile.
    await count(trx, row.letter_id, row, -1);
    if (
      row.kind === "organisation" &&
      row.show &&
      !(await isNameListed(trx, row.letter_id, fold(row.name!)))
    ) {
      await dropKnownName(trx, row.letter_id, row.name!);
    }
    return "withdrawn";
  });
}
