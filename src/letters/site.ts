/** The site: what its owner says of it. One row, which every database in use has, and words in further languages. */
import type { Queryable, Transaction } from "../database/open.ts";
import { fingerprint } from "../foundation/fingerprint.ts";
import { type Language, languages, translator } from "../foundation/i18n.ts";
import { insertSite, selectSite, updateSiteWords } from "./site-store.ts";

/** What the publisher calls its site, in one language. */
export interface SiteWords {
  readonly name: string;
  readonly heading: string;
  readonly tagline: string;
  /** What the publisher adds to the page about privacy, in Markdown; often nothing. */
  readonly privacy: string;
}

/** What an owner can set. */
export interface SiteSettings {
  /** The languages that readers are offered, the default first. */
  readonly languages: readonly Language[];
  /** In each language as far as it was said; the first has a name. */
  readonly words: Readonly<Partial<Record<Language, SiteWords>>>;
  /** `#rrggbb`, as chosen; null for the seal's own green. */
  readonly accent: string | null;
  readonly logo: Logo | null;
  /** The e-mail address at which people reach the publisher; null where it gives none. */
  readonly contact: string | null;
}

export interface Logo {
  readonly image: SiteImage;
  /** In its place on dark pages. */
  readonly dark: SiteImage | null;
  /** It holds the site's name, which is then not written beside it. */
  readonly named: boolean;
}

/** A picture that is kept (site-image.ts), by the hash of its bytes. */
export interface SiteImage {
  readonly hash: string;
  readonly type: "image/png" | "image/jpeg" | "image/webp";
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Site extends SiteSettings {
  /** The archive is the sample that ships with the software. */
  readonly sample: boolean;
  /** Where the sample's facts come from. */
  readonly source: string | null;
}

export interface NewSite extends Omit<SiteWords, "privacy"> {
  readonly sample: boolean;
  readonly source: string | null;
}

/**
 * By what an owner began from is known, so that two who set the site at once see each other: a hash of all that can be
 * set. Equal for equal settings, whichever way they came about.
 */
export function siteEdition({ languages: offered, words, accent, logo, contact }: SiteSettings): string {
  const said = languages.map((language) => {
    const { name = "", heading = "", tagline = "", privacy = "" } = words[language] ?? {};
    return [name, heading, tagline, privacy];
  });
  const look = [accent, logo?.image.hash, logo?.dark?.hash, logo?.named];
  return fingerprint([offered, said, look, contact]);
}

/** A site whose owner has said nothing yet: it goes by its host, and its other words are ours (wordsIn). */
export function neutralSite(siteUrl: URL): NewSite {
  return { name: siteUrl.hostname, heading: "", tagline: "", sample: false, source: null };
}

/** Whether a site's words are still those that it began with. */
export function isNeutral({ words }: SiteSettings, siteUrl: URL): boolean {
  const { name, heading, tagline } = neutralSite(siteUrl);
  return Object.values(words).every(
    (said) => said.name === name && said.heading === heading && said.tagline === tagline,
  );
}

/** How a site stands of which there is no row yet. */
export const noSite: Site = {
  languages,
  words: {},
  accent: null,
  logo: null,
  contact: null,
  sample: false,
  source: null,
};

/** Writes the site's row if there is none. @returns whether it was written now */
export function createSite(db: Queryable, site: NewSite): Promise<boolean> {
  return insertSite(db, site);
}

/** Gives a site without a row neutral words; its owner changes them later. */
export async function ensureSite(db: Queryable, siteUrl: URL): Promise<void> {
  await createSite(db, neutralSite(siteUrl));
}

/** Gives the site another heading and tagline; every page is renewed if that changes anything. */
export function nameSite(
  trx: Transaction,
  words: { readonly heading: string; readonly tagline: string },
): Promise<void> {
  return updateSiteWords(trx, words);
}

/** The whole site. */
export async function getSite(db: Queryable): Promise<Site> {
  return (await selectSite(db)) ?? noSite;
}

/**
 * The site's words in a language: what was not said in it is as in the first. Where nothing was said of what the letters
 * are, it is said neutrally.
 */
export function wordsIn({ languages, words }: SiteSettings, language: Language): SiteWords {
  const first = words[languages[0]!];
  const own = words[language];
  const heading = own?.heading || first?.heading;
  const tagline = own?.tagline || first?.tagline;
  const { text } = translator(language);
  return {
    name: own?.name || first?.name || "",
    heading: heading || text("site.heading"),
    tagline: tagline || (heading ? "" : text("site.tagline")),
    privacy: own?.privacy || first?.privacy || "",
  };
}
