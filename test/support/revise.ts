/** A new text, as a correction at the desk brings it; without a draft and a note. */
import type { Database } from "../../src/database/open.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import type { Clock } from "../../src/foundation/clock.ts";
import { isProblem } from "../../src/foundation/problem.ts";
import { indexLetter } from "../../src/letters/index-letter.ts";
import type { TextInput } from "../../src/letters/record-letter.ts";
import { revise } from "../../src/letters/revise.ts";
import { touchSite } from "../../src/letters/touch.ts";

/** Publishes a new revision of a letter's text. @param texts the whole of it, in all its languages */
export function publishRevision(db: Database, clock: Clock, letterId: string, texts: readonly TextInput[]) {
  return inTransaction(db, async (trx) => {
    const revised = await revise(trx, clock(), letterId, texts);
    if (isProblem(revised)) return revised;
    await indexLetter(trx, letterId);
    await touchSite(trx);
    return revised;
  });
}
