import type { Database } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { hashToken } from "../foundation/token.ts";
import type { DeskMatter, DeskTemplate } from "../mail/content.ts";
import type { MailSource } from "../mail/deliver.ts";
import { selectFormer, selectProofForMail } from "./address-proof-store.ts";
import { deskSite } from "./desk-site.ts";
import { selectInvitationForMail, setInvitationUndeliverable } from "./invitation-store.ts";
import { selectLink } from "./link-store.ts";
import { findSiteName } from "./site-name.ts";

/** Answers the mail room at the moment of sending: a link that was used, withdrawn or has ended is not sent. */
export function peopleMail(
  db: Database,
  keys: Keys,
  clock: Clock,
  siteUrl: URL,
): MailSource<DeskTemplate, DeskMatter> {
  return {
    origin: deskSite(siteUrl).origin,

    async find({ template, about, token, language }) {
      const hash = hashToken(token);
      const site = (await findSiteName(db, language)) ?? siteUrl.host;
      if (template === "sign-in") {
        const link = await selectLink(db, hash, clock());
        if (!link) return undefined;
        const { account, sealed, expiresAt } = link;
        return {
          address: keys.open(sealed),
          name: account.name,
          role: account.role,
          site,
          until: expiresAt,
        };
      }
      if (template === "address" || template === "address-changed") {
        const row = await (template === "address"
          ? selectProofForMail(db, hash, clock())
          : selectFormer(db, about));
        if (!row) return undefined;
        const { sealed, name, role, expires_at } = row;
        // A name is told to nobody who may be a stranger to it.
        const known = template === "address" ? null : name;
        return { address: keys.open(sealed), name: known, role, site, until: expires_at };
      }
      const row = await selectInvitationForMail(db, about, hash, clock());
      if (!row?.email_sealed) return undefined;
      return {
        address: keys.open(row.email_sealed),
        name: null,
        role: row.role,
        site,
        until: row.expires_at,
      };
    },

    async refused(about) {
      // Of a link that signs in nobody needs to know: whoever asked sees that no mail comes.
      await setInvitationUndeliverable(db, about, clock());
    },
  };
}
