import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { parseEmailAddress } from "../foundation/email-address.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import { type Account, addressOf } from "../people/account.ts";
import { selectCirculation } from "./circulation-store.ts";
import { type DeskLetter, findDeskLetter } from "./desk-letter.ts";
import { titleIn } from "./document.ts";
import { findDraftRevision } from "./draft.ts";
import { type ListedInvitee, makeInviteeLink } from "./invitee.ts";
import { insertInvitees, selectPlaceOf, updateInvitee } from "./invitee-store.ts";
import { selectSignOns } from "./sign-on-store.ts";

/**
 * A letter as a partner may see it. Before it is public its title is that of the draft that circulates, and never that of
 * the copy which is worked on; it is empty as long as there is nothing for them to read, or nothing any more.
 */
export async function findLetterOfPartner(
  db: Queryable,
  letterId: string,
  accountId: string,
  language: string,
): Promise<DeskLetter | undefined> {
  const letter = await findDeskLetter(db, letterId, language);
  if (!letter || letter.slug !== null) return letter;
  const circulation = await selectCirculation(db, letterId);
  const open = circulation && !letter.discarded && !(await selectPlaceOf(db, letterId, accountId))?.revokedAt;
  const draft = open && (await findDraftRevision(db, letterId, "latest"));
  const { title, language: titleLanguage } = draft
    ? titleIn(draft.document, language)
    : { title: "", language };
  return { ...letter, title, titleLanguage };
}

/** A partner's place at a circulation: the one that entering leads to. Nothing before somebody invited them by mail. */
export async function findPartnerPlace(
  db: Queryable,
  keys: Keys,
  letterId: string,
  accountId: string,
): Promise<ListedInvitee | undefined> {
  const row = await selectPlaceOf(db, letterId, accountId);
  if (!row) return undefined;
  const { sealed, ...invitee } = row;
  const [signOn] = await selectSignOns(db, letterId, row.id);
  return { ...invitee, address: sealed && keys.open(sealed), signOn };
}

/**
 * Lets a partner of the desk in at a letter's circulation, under the same roof as those who come by a mailed link: they
 * are given a private link of a day. The first time they take their place; pressing the button there opens the draft, as
 * it does behind a mailed link.
 * @returns the token of the link
 */
export function enterAsPartner(
  db: Database,
  keys: Keys,
  clock: Clock,
  account: Account,
  letterId: string,
): Promise<string | Problem<"not-circulating" | "revoked">> {
  return inTransaction(db, async (trx) => {
    const circulation = await selectCirculation(trx, letterId, "lock");
    if (!circulation || circulation.endedAt) return problem("not-circulating");
    const now = clock();
    // By the account first: whoever has another address now has the place that they had, also one that was taken back.
    const known = await selectPlaceOf(trx, letterId, account.id, "lock");
    if (known?.revokedAt) return problem("revoked");
    const id = known?.id ?? newId();
    const opened = { account_id: account.id, opened_at: known?.openedAt ?? now };
    if (known) await updateInvitee(trx, id, opened);
    else {
      const email = parseEmailAddress(await addressOf(trx, keys, account.id));
      if (isProblem(email)) throw new Error("an account's address cannot be read");
      await insertInvitees(trx, [
        {
          ...opened,
          id,
          letter_id: letterId,
          name: account.name,
          email_sealed: keys.seal(email.address),
          email_hash: keys.addressHash(email.canonical),
          language: account.language,
          invited_at: now,
        },
      ]);
    }
    return makeInviteeLink(trx, id, now, "passing");
  });
}
