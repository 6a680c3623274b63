import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { queueMail } from "../mail/outbox.ts";
import { answerDuplicate } from "./duplicates.ts";
import { isOpen, type SignableLetter, signableLetter } from "./letter.ts";
import { countOneMail, mayMail } from "./limits.ts";
import { makeConfirmLink } from "./links.ts";
import { insertBlock, isBlocked, lockAddress, touchMailSent } from "./mail-store.ts";
import type { Entry } from "./signature.ts";
import { deletePending, insertSignature, selectByAddress, selectLetter } from "./store.ts";

/** What signing refuses: no such letter, or one that takes no signatures. */
export type SignRefusal = "letter-unknown" | "letter-closed" | "letter-archived";

/** A letter that can be signed now, with its title in the reader's language where it has one. */
export async function findOpenLetter(
  db: Database | Transaction,
  clock: Clock,
  slug: string,
  language: string,
): Promise<SignableLetter | Problem<SignRefusal>> {
  const row = await selectLetter(db, slug, language);
  if (!row) return problem("letter-unknown");
  const letter = signableLetter(row);
  if (letter.state === "archived") return problem("letter-archived");
  return isOpen(letter, clock()) ? letter : problem("letter-closed");
}

/** Any letter of this site, with its counts. */
export async function findLetter(
  db: Database,
  slug: string,
  language: string,
): Promise<SignableLetter | undefined> {
  const row = await selectLetter(db, slug, language);
  return row && signableLetter(row);
}

/**
 * Takes an entry from the form: keeps it as a pending signature and asks the address, by mail, to confirm.
 *
 * Whoever sends the form learns nothing about the address: it ends the same way, after about the same work, when the
 * address is new, waits for confirmation, has signed, wants no mail, or has had enough of it.
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
  const emailSealed = keys.seal(entry.email.address);
  return inTransaction(db, async (trx) => {
    const now = clock();
    const letter = await findOpenLetter(trx, clock, slug, language);
    if ("problem" in letter) return letter;
    const taken = { letterId: letter.id };

    await lockAddress(trx, emailHash);
    const blocked = await isBlocked(trx, letter.id, emailHash);
    const allowed = await mayMail(trx, letter.id, emailHash, now);
    const earlier = await selectByAddress(trx, letter.id, emailHash);
    if (blocked) {
      await insertBlock(trx, letter.id, emailHash, now);
      return taken;
    }
    if (!allowed) {
      // What waits is kept: otherwise a stranger could undo a signature by sending the form until no mail goes out.
      await touchMailSent(trx, emailHash);
      return taken;
    }
    if (earlier?.state === "accepted") {
      await answerDuplicate(trx, keys, earlier.id, language, now);
    } else {
      // A new row, not a changed one: whoever has read one entry must not confirm another by an old link.
      if (earlier) await deletePending(trx, earlier.id);
      const id = newId();
      await insertSignature(trx, entry, {
        id,
        letterId: letter.id,
        revision: letter.revision,
        language,
        emailSealed,
        emailHash,
        createdAt: now,
      });
      const token = await makeConfirmLink(trx, id, now);
      await queueMail(trx, keys, { template: "confirm", signatureId: id, language, token });
    }
    await countOneMail(trx, letter.id, emailHash, now);
    return taken;
  });
}
