import type { Database } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import type { NewsMatter, NewsTemplate } from "../mail/content.ts";
import type { MailSource } from "../mail/deliver.ts";
import { findNewsReader } from "../people/account.ts";
import { deskSite } from "../people/desk-site.ts";
import { findSiteName } from "../people/site-name.ts";
import { titleIn } from "./document.ts";
import { findDraft } from "./draft.ts";
import { gather } from "./news.ts";
import { selectEvents, selectNews } from "./news-store.ts";
import { listSignOns } from "./sign-on.ts";

/**
 * Answers the mail room at the moment of sending: not to who switched such mail off, nor about a draft that was put
 * aside.
 */
export function newsMail(db: Database, keys: Keys, siteUrl: URL): MailSource<NewsTemplate, NewsMatter> {
  return {
    origin: deskSite(siteUrl).origin,

    async find({ about, language }) {
      const news = await selectNews(db, { id: about });
      const reader = news && (await findNewsReader(db, keys, news.account_id));
      const draft = news && (await findDraft(db, news.letter_id));
      if (!reader || !draft || draft.discardedAt) return undefined;
      const { letter_id: letterId, after_place: after, last_place: last } = news;
      const doings = gather(await selectEvents(db, letterId, after, last));
      if (doings.length === 0) return undefined;
      const signOns = draft.stage === "circulating" ? await listSignOns(db, letterId) : [];
      const { title, language: titleLanguage } = titleIn(draft.document, language);
      return {
        address: reader.address,
        name: reader.name,
        site: (await findSiteName(db, language)) ?? siteUrl.host,
        letterId,
        title,
        titleLanguage,
        doings,
        undecided: signOns.filter(
          ({ condition, outcome, withdrawnAt }) => condition && !outcome && !withdrawnAt,
        ).length,
      };
    },

    // Whoever has an account sees it at the desk; a refused address of theirs is told there by signing in.
    refused: async () => undefined,
  };
}
