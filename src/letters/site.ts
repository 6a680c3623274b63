/** The site's own words: one row, which every database in use has. */
import type { Queryable, Transaction } from "../database/open.ts";
import { insertSite, updateSiteWords } from "./store.ts";

export interface NewSite {
  readonly name: string;
  readonly heading: string;
  readonly tagline: string;
  /** The archive is the sample that ships with the software. */
  readonly sample: boolean;
  /** Where the sample's facts come from. */
  readonly source: string | null;
}

/** Words for a site whose owner has said nothing yet. */
export function neutralSite(siteUrl: URL): NewSite {
  return {
    name: siteUrl.hostname,
    heading: "Open Letters",
    tagline: "Letters to those in power, and what came of them",
    sample: false,
    source: null,
  };
}

/** Writes the site's row if there is none. @returns whether it was written now */
export function createSite(db: Queryable, site: NewSite): Promise<boolean> {
  return insertSite(db, site);
}

/** Gives the site another heading and tagline; every page is renewed if that changes anything. */
export function nameSite(
  trx: Transaction,
  words: { readonly heading: string; readonly tagline: string },
): Promise<void> {
  return updateSiteWords(trx, words);
}
