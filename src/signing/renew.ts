import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import { answerDuplicate, askOnceMore } from "./duplicates.ts";
import { signableLetter, takesAnswers } from "./letter.ts";
import { countOneMail, inboxOfSealed, mayMail } from "./limits.ts";
import { lockInbox } from "./mail-store.ts";
import { selectByToken } from "./token-store.ts";

export type RenewRefusal = "link-unknown" | "link-valid" | "letter-closed" | "withdrawn" | "mail-limit";

/** Sends a new mail to the address of a link that has grown too old. */
export function renewConfirmation(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
): Promise<{ readonly slug: string } | Problem<RenewRefusal>> {
  const hash = hashToken(token);
  return inTransaction(db, async (trx) => {
    const now = clock();
    const seen = await selectByToken(trx, hash, "confirm", "");
    if (!seen) return problem("link-unknown");
    if (!seen.email_sealed) return problem("withdrawn");
    // The inbox is locked before the signature, as in sign.ts, so that the two never wait for each other.
    const inbox = inboxOfSealed(keys, seen.email_sealed);
    await lockInbox(trx, inbox);
    const row = await selectByToken(trx, hash, "confirm", "", "lock");
    if (!row) return problem("link-unknown");
    if (row.state === "withdrawn" || row.state === "refused") return problem("withdrawn");
    if (row.expires_at! > now) return problem("link-valid");
    if (row.state === "pending" && !takesAnswers(signableLetter(row), now)) return problem("letter-closed");
    if (!(await mayMail(trx, row.letter_id, { inbox, emailHash: row.email_hash! }, now)))
      return problem("mail-limit");

    if (row.state !== "pending") {
      await answerDuplicate(trx, keys, { id: row.id, state: row.state }, row.language, now);
    } else {
      await askOnceMore(trx, keys, row, now);
    }
    await countOneMail(trx, row.letter_id, inbox, now);
    return { slug: row.slug };
  });
}
