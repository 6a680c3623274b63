import type { Database, Transaction } from "../database/open.ts";
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
import { countAnswered } from "./import/import-store.ts";
import { deleteWaiting } from "./import/waiting-store.ts";
import { countOneMail, inboxHash, mayMail } from "./limits.ts";
import { makeConfirmLink } from "./links.ts";
import { insertBlock, isBlocked, lockArrival, touchMailSent } from "./mail-store.ts";
import type { Entry, Signed } from "./signature.ts";
import { insertSignature, type LaterForm, replacePending, setUndeliverable } from "./signature-store.ts";

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
      const id = earlier?.id ?? newId();
      const { email: _, ...signed } = entry;
      const row = { revision: letter.revision, language, emailSealed, emailHash, createdAt: now };
      // In place, so that the links of before work still; a yes counts only for what its page showed (entry-mark.ts).
      if (earlier) await replaceEarlier(trx, earlier, signed, row);
      else await insertSignature(trx, signed, { ...row, id, letterId: letter.id });
      const token = await makeConfirmLink(trx, id, now);
      await queueMail(trx, keys, { template: "confirm", about: id, language, token });
    }
    await countOneMail(trx, letter.id, inbox, now);
    if (!earlier) await countMove(trx, letter.id, undefined, "pending");
    return taken;
  });
}

/** Puts the form in the place of what waits; where that came by an import, it is the form's from now on. */
async function replaceEarlier(
  trx: Transaction,
  earlier: { readonly id: string; readonly import_id: string | null },
  signed: Signed,
  form: LaterForm,
): Promise<void> {
  await replacePending(trx, earlier.id, signed, form);
  if (!earlier.import_id) return;
  await deleteWaiting(trx, earlier.id);
  await countAnswered(trx, earlier.import_id, "lapsed");
}
