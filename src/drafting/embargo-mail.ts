import type { Database } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { hashToken } from "../foundation/token.ts";
import type { EmbargoMatter, EmbargoTemplate } from "../mail/content.ts";
import type { MailSource } from "../mail/deliver.ts";
import { findSiteName } from "../people/site-name.ts";
import { titleIn } from "./document.ts";
import { findDraftRevision } from "./draft.ts";
import { selectEmbargoLink, updateEmbargoUndeliverable } from "./embargo-store.ts";
import { selectLastSchedule } from "./publish-store.ts";

/** How a letter must stand for a mail about it to be true. */
const about: Readonly<Record<EmbargoTemplate, "waiting" | "off" | "public">> = {
  embargo: "waiting",
  "embargo-moved": "waiting",
  "embargo-off": "off",
  "embargo-lifted": "public",
};

/** Answers the mail room at the moment of sending: not about a link that was revoked, and not what is true no longer. */
export function embargoMail(
  db: Database,
  keys: Keys,
  clock: Clock,
  siteUrl: URL,
): MailSource<EmbargoTemplate, EmbargoMatter> {
  return {
    origin: siteUrl.origin,

    async find({ template, token, language }) {
      const link = await selectEmbargoLink(db, { hash: hashToken(token) });
      if (!link?.email_sealed || link.revoked_at) return undefined;
      const schedule = await selectLastSchedule(db, link.letter_id);
      if (!schedule) return undefined;
      const published = await findDraftRevision(db, link.letter_id, "published");
      const standing = published ? "public" : schedule.state === "waiting" ? "waiting" : "off";
      if (standing !== about[template]) return undefined;
      const draft = published ?? (await findDraftRevision(db, link.letter_id, schedule.draft))!;
      const { title, language: titleLanguage } = titleIn(draft.document, language);
      return {
        address: keys.open(link.email_sealed),
        name: link.recipient,
        title,
        titleLanguage,
        site: (await findSiteName(db, language)) ?? siteUrl.host,
        at: schedule.at,
        timeZone: schedule.timeZone,
      };
    },

    refused: (about) => updateEmbargoUndeliverable(db, about, clock()),
  };
}
