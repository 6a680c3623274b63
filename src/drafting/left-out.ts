/** Whoever signed a draft and has no signature under the letter is told so when it is published. */
import type { Database, Transaction } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { newToken } from "../foundation/token.ts";
import type { LeftOutMatter, LeftOutTemplate } from "../mail/content.ts";
import type { MailSource } from "../mail/deliver.ts";
import { queueMail } from "../mail/outbox.ts";
import { findSiteName } from "../people/site-name.ts";
import { isOpen } from "../signing/letter.ts";
import { findCirculation } from "./circulation.ts";
import { findDeskLetter } from "./desk-letter.ts";
import { findDraftRevision } from "./draft.ts";
import { selectInvitee, selectLetterOf, updateInvitee } from "./invitee-store.ts";
import type { SignOn } from "./sign-on.ts";
import { selectLeftOut, selectSignOns } from "./sign-on-store.ts";

/** Asks for the mails, in the transaction of publication, once what stands has been entered. */
export async function tellLeftOut(trx: Transaction, keys: Keys, letterId: string): Promise<void> {
  for (const { id, language } of await selectLeftOut(trx, letterId)) {
    // The mail leads to what everybody can read: its token opens nothing.
    const { token } = newToken();
    await queueMail(trx, keys, { template: "left-out", about: id, language, token });
  }
}

/** Answers the mail room at the moment of sending: not to who is forgotten by then, or was given a signature after all. */
export function leftOutMail(
  db: Database,
  keys: Keys,
  clock: Clock,
  siteUrl: URL,
): MailSource<LeftOutTemplate, LeftOutMatter> {
  return {
    origin: siteUrl.origin,

    async find({ about, language }) {
      const letterId = await selectLetterOf(db, about);
      if (letterId === undefined) return undefined;
      const invitee = await selectInvitee(db, letterId, about);
      if (!invitee?.sealed || invitee.revokedAt) return undefined;
      const [signOn] = await selectSignOns(db, letterId, about);
      const letter = await findDeskLetter(db, letterId, language);
      const published = await findDraftRevision(db, letterId, "published");
      if (!signOn || signOn.withdrawnAt || signOn.signatureId || !letter?.slug || !published)
        return undefined;
      const { deadline, timeZone, endedAt } = (await findCirculation(db, letterId))!;
      const why = whyLeftOut(signOn, published.covers);
      const late = why === "words" && deadline !== null && endedAt !== null && deadline <= endedAt;
      return {
        address: keys.open(invitee.sealed),
        name: invitee.name,
        site: (await findSiteName(db, language)) ?? siteUrl.host,
        slug: letter.slug,
        title: letter.title,
        titleLanguage: letter.titleLanguage,
        why,
        until: late ? { at: deadline, timeZone } : null,
        opens: letter.stage === "open" && isOpen({ state: "open", closesOn: letter.closesOn }, clock()),
      };
    },

    refused: (inviteeId) => updateInvitee(db, inviteeId, { undeliverable_at: clock() }),
  };
}

function whyLeftOut({ draft, outcome }: SignOn, covers: readonly number[]): LeftOutMatter["why"] {
  if (!covers.includes(draft)) return "words";
  return outcome === "declined" ? "not-met" : "undecided";
}
