import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import { queueMail } from "../mail/outbox.ts";
import { answerDuplicate } from "./duplicates.ts";
import { isOpen, signableLetter } from "./letter.ts";
import { countOneMail, mayMail } from "./limits.ts";
import { makeConfirmLink } from "./links.ts";
import { lockAddress } from "./mail-store.ts";
import { selectByToken } from "./store.ts";

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
    // The address is locked before its signature, as in sign.ts, so that the two never wait for each other.
    const seen = await selectByToken(trx, hash, "confirm", "");
    if (seen?.email_hash) await lockAddress(trx, seen.email_hash);
    const row = await selectByToken(trx, hash, "confirm", "", "lock");
    if (!row) return problem("link-unknown");
    if (row.state === "withdrawn") return problem("withdrawn");
    if (row.expires_at! > now) return problem("link-valid");
    if (row.state === "pending" && !isOpen(signableLetter(row), now)) return problem("letter-closed");
    if (!(await mayMail(trx, row.letter_id, row.email_hash!, now))) return problem("mail-limit");

    if (row.state === "accepted") {
      await answerDuplicate(trx, keys, row.id, row.language, now);
    } else {
      await queueMail(trx, keys, {
        template: "confirm",
        signatureId: row.id,
        language: row.language,
        token: await makeConfirmLink(trx, row.id, now),
      });
    }
    await countOneMail(trx, row.letter_id, row.email_hash!, now);
    return { slug: row.slug };
  });
}
