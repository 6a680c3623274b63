import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import { holdText } from "../letters/text-lock.ts";
import { acceptSignature } from "./accept.ts";
import { selectByAddress } from "./address-store.ts";
import { lockOwn, type OwnRefusal } from "./find-own.ts";
import { findHold, holdSignature } from "./hold.ts";
import { selectFoundBy } from "./hold-store.ts";
import { signableLetter, takesAnswers } from "./letter.ts";
import { countOneMail, inboxOfSealed, mayChange, mayMail } from "./limits.ts";
import { lockArrival } from "./mail-store.ts";
import { leaveUsedOrcid, lockOrcidOf } from "./orcid-store.ts";
import { selectByToken } from "./token-store.ts";

export type RestoreRefusal = OwnRefusal | "letter-closed" | "text-changed" | "too-often" | "signed-again";

/**
 * Undoes a withdrawal: the signature counts again and its name returns to the list, as a new entry in the log with a new
 * receipt, which is mailed unless the inbox has had enough mail. Only while the letter is open, or one that only those
 * invited sign, and its text the one that was signed. It is looked at as a new signature is, and held where that would be (hold-rules.ts), unless the desk
 * has found it good before.
 * @returns accessToken, for the new private link
 */
export function restoreSignature(
  db: Database,
  keys: Keys,
  clock: Clock,
  token: string,
): Promise<{ readonly accessToken: string } | Problem<RestoreRefusal>> {
  return inTransaction(db, async (trx) => {
    const now = clock();
    // The inbox, the text and the iD before the signature, as everywhere, so that two never wait for each other.
    const seen = await selectByToken(trx, hashToken(token), "access", "");
    const inbox = seen?.email_sealed && inboxOfSealed(keys, seen.email_sealed);
    if (seen && inbox) await lockArrival(trx, seen.letter_id, inbox);
    if (seen) await holdText(trx, seen.letter_id);
    if (seen) await lockOrcidOf(trx, [seen.id]);
    const row = await lockOwn(trx, clock, token, ["accepted", "withdrawn"]);
    if (isProblem(row)) return row;
    if (row.state === "accepted") return { accessToken: token };
    if (!takesAnswers(signableLetter(row), now)) return problem("letter-closed");
    if (row.latest !== row.revision) return problem("text-changed");
    if (!(await mayChange(trx, row.id, now))) return problem("too-often");
    if (await selectByAddress(trx, row.letter_id, row.email_hash!)) return problem("signed-again");
    await leaveUsedOrcid(trx, row, now);
    const hold = await findHold(trx, keys, row);
    if (hold) return { accessToken: await holdSignature(trx, keys, row, now, hold, undefined) };
    // Withdrawn and restored in turns, it could flood an inbox otherwise. The page that follows has link and receipt too.
    const to = { inbox: inbox!, emailHash: row.email_hash! };
    const mail = Boolean(inbox) && (await mayMail(trx, row.letter_id, to, now));
    if (mail) await countOneMail(trx, row.letter_id, inbox!, now);
    const foundBy = await selectFoundBy(trx, row.id);
    return { accessToken: await acceptSignature(trx, keys, row, now, { change: "restored", mail, foundBy }) };
  });
}
