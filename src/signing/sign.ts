import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem, type Problem } from "../foundation/problem.ts";
import { queueMail } from "../mail/outbox.ts";
import { selectByAddress } from "./address-store.ts";
import { selectCorrectedAt } from "./change-store.ts";
import { countMove } from "./counts.ts";
import { answerDuplicate, askOnceMore } from "./duplicates.ts";
import { findOpenLetter, type SignRefusal } from "./find-letter.ts";
import { countOneMail, inboxHash, mayMail } from "./limits.ts";
import { makeConfirmLink } from "./links.ts";
import { insertBlock, isBlocked, lockArrival, touchMailSent } from "./mail-store.ts";
import type { Entry } from "./signature.ts";
import { deletePending, insertSignature, setUndeliverable } from "./signature-store.ts";

/**
 * Takes an entry from the form: keeps it as a pending signature and asks the address, by mail, to confirm.
 *
 * Whoever sends the form learns nothing about the address: it ends the same way, after about the same work, when the
 * address is new, waits for confirmation, has signed, is held or refused, wants no mail, or has had enough of it.
 * @param language in which the signatory reads, and is written to
 */
export function signLetter(
  db: Database,
  keys: Keys,
  clock: Clock,
  slug: string,
  entry: Entry,
  language: string,
): Promise<{ readonly letterId: string } | Problem<SignRefusal>> {
  const emailHash = keys.addressHash(entry.email.canonical);
  const inbox = inboxHash(keys, entry.email);
  const emailSealed = keys.seal(entry.email.address);
  return inTransaction(db, async (trx) => {
    const now = clock();
    const letter = await findOpenLetter(trx, clock, slug, language);
    if (isProblem(letter)) return letter;
    const taken = { letterId: letter.id };

    await lockArrival(trx, letter.id, inbox);
    const blocked = await isBlocked(trx, letter.id, emailHash);
    const allowed = await mayMail(trx, letter.id, { inbox, emailHash }, now);
    const earlier = await selectByAddress(trx, letter.id, emailHash);
    if (blocked) {
      await insertBlock(trx, letter.id, emailHash, now);
      return taken;
    }
    if (!allowed) {
      // What waits is kept: otherwise a stranger could undo a signature by sending the form until no mail goes out.
      await touchMailSent(trx, inbox);
      return taken;
    }
    if (earlier?.state === "accepted" || earlier?.state === "held") {
      await answerDuplicate(trx, keys, { id: earlier.id, state: earlier.state }, language, now);
    } else if (earlier && (earlier.decision_id || (await selectCorrectedAt(trx, earlier.id)))) {
      // Confirmed or corrected by the address's owner: anybody can send the form, and must not undo that.
      await setUndeliverable(trx, earlier.id, null);
      await askOnceMore(trx, keys, earlier, now);
    } else {
      // A new row, not a changed one: whoever has read one entry must not confirm another by an old link.
      if (earlier) await deletePending(trx, earlier, "lapsed");
      const id = newId();
      const { email: _, ...signed } = entry;
      await insertSignature(trx, signed, {
        id,
        letterId: letter.id,
        revision: letter.revision,
        language,
        emailSealed,
        emailHash,
        createdAt: now,
      });
      const token = await makeConfirmLink(trx, id, now);
      await queueMail(trx, keys, { template: "confirm", about: id, language, token });
    }
    await countOneMail(trx, letter.id, inbox, now);
    if (!earlier) await countMove(trx, letter.id, undefined, "pending");
    return taken;
  });
}
