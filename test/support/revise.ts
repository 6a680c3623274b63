/** A new text, as a correction at the desk brings it; without a draft and a note. */
import type { Database } from "../../src/database/open.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import type { Clock } from "../../src/foundation/clock.ts";
import type { TextInput } from "../../src/letters/record-letter.ts";
import { revise } from "../../src/letters/revise.ts";

/** Publishes a new revision of a letter's text. @param texts the whole of it, in all its languages */
export function publishRevision(db: Database, clock: Clock, letterId: string, texts: readonly TextInput[]) {
  return inTransaction(db, (trx) => revise(trx, clock(), letterId, texts));
}
