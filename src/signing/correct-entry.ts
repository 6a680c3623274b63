import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import { insertChange } from "./change-store.ts";
import { type ConfirmRefusal, confirmRefusal } from "./confirm.ts";
import { entryMark } from "./entry-mark.ts";
import { removeStanding, removeVouching } from "./evidence-store.ts";
import { setCleared } from "./hold-store.ts";
import { signableLetter } from "./letter.ts";
import { mayChange } from "./limits.ts";
import { signedOf } from "./own-signature.ts";
import type { Signed } from "./signature.ts";
import { updateEntry } from "./signature-store.ts";
import { selectByToken } from "./token-store.ts";

export type EntryRefusal = ConfirmRefusal | "confirmed" | "too-often";

/**
 * Corrects what waits for a yes: everything but the address, for whoever holds the link that was mailed there. Somebody
 * else may have filled in the form. Nothing becomes public, and no mail goes out.
 * @param language in which the signatory reads, and is written to from now on
 * @returns too-often when that is enough for a day; confirmed for what can be corrected by its private link instead
 */
export function correctEntry(
  db: Database,
  clock: Clock,
  token: string,
  signed: Signed,
  language: string,
): Promise<"corrected" | Problem<EntryRefusal>> {
  return inTransaction(db, async (trx) => {
    const now = clock();
    const row = await selectByToken(trx, hashToken(token), "confirm", "", "lock");
    if (!row) return problem("link-unknown");
    const refused = confirmRefusal(row, signableLetter(row), now);
    if (refused) return problem(refused);
    if (row.state !== "pending") return problem("confirmed");
    const before = signedOf(row);
    if (entryMark(before) === entryMark(signed) && row.language === language) return "corrected";
    if (!(await mayChange(trx, row.id, now))) return problem("too-often");

    await updateEntry(trx, row.id, signed, language);
    await insertChange(trx, { signatureId: row.id, at: now, change: "corrected", actor: "signatory" });
    await forgetFoundGood(trx, row.id, before, signed, now);
    return "corrected";
  });
}

/**
 * Of an entry that was confirmed and looked at before, and is asked about another text: that it was found good, and what
 * is known of it, was said of what it was.
 */
async function forgetFoundGood(
  trx: Transaction,
  id: string,
  before: Signed,
  after: Signed,
  now: Date,
): Promise<void> {
  const differs = (fields: readonly (keyof Signed)[]) =>
    fields.some((field) => before[field] !== after[field]);
  const who = ["kind", "name", "website", "representative"] as const;
  if (differs([...who, "affiliation", "role"])) {
    await setCleared(trx, [id], null);
    await removeVouching(trx, id, now);
  }
  if (differs(who)) await removeStanding(trx, id, now);
}
