/** The SQL of the site's settings. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { Language } from "../foundation/i18n.ts";
import type { NewSite, Site, SiteImage, SiteSettings, SiteWords } from "./site.ts";

/** @returns whether there was no site yet */
export async function insertSite(db: Queryable, site: NewSite): Promise<boolean> {
  const { name, heading, tagline, sample, source } = site;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("site")
    .values({ name, heading, tagline, sample, source })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Sets the heading and tagline, and marks the whole site as changed where they are other than before. */
export async function updateSiteWords(
  trx: Transaction,
  words: { readonly heading: string; readonly tagline: string },
): Promise<void> {
  await sql`update site set heading = ${words.heading}, tagline = ${words.tagline}, changed = pg_current_xact_id()
    where (heading, tagline) <> (${words.heading}, ${words.tagline})`.execute(trx);
}

interface SiteRow extends SiteWords {
  readonly languages: Language[];
  readonly others: Partial<Record<Language, SiteWords>>;
  readonly accent: string | null;
  readonly logo: SiteImage | null;
  readonly dark: SiteImage | null;
  readonly named: boolean;
  readonly contact: string | null;
  readonly sample: boolean;
  readonly source: string | null;
}

/** The whole site; nothing before the first start. */
export function selectSite(db: Queryable): Promise<Site | undefined> {
  return find(db, sql``);
}

/** The same, held until the transaction ends. */
export function lockSite(trx: Transaction): Promise<Site | undefined> {
  return find(trx, sql`for update of s`);
}

async function find(db: Queryable, lock: ReturnType<typeof sql>): Promise<Site | undefined> {
  const image = (column: ReturnType<typeof sql>) => sql`
    (select json_build_object('hash', hash, 'type', type, 'width', width, 'height', height)
     from site_image where hash = ${column})`;
  const { rows } = await sql<SiteRow>`
    select s.languages, s.name, s.heading, s.tagline, s.privacy, s.accent, s.logo_named as named, s.contact, s.sample,
           s.source,
           ${image(sql`s.logo`)} as logo, ${image(sql`s.logo_dark`)} as dark,
           (select coalesce(json_object_agg(language, json_build_object('name', name, 'heading', heading,
                              'tagline', tagline, 'privacy', privacy)), '{}') from site_words) as others
    from site s ${lock}`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { languages, name, heading, tagline, privacy, others, accent, logo, dark, named } = row;
  const { contact, sample, source } = row;
  return {
    languages,
    words: { ...others, [languages[0]!]: { name, heading, tagline, privacy } },
    accent,
    logo: logo && { image: logo, dark, named },
    contact,
    sample,
    source,
  };
}

/** Writes all settings, and marks the whole site as changed. */
export async function updateSite(trx: Transaction, settings: SiteSettings): Promise<void> {
  const { languages, words, accent, logo, contact } = settings;
  const [first] = languages;
  const own = words[first!]!;
  await sql`
    update site set languages = ${languages}, name = ${own.name}, heading = ${own.heading}, tagline = ${own.tagline},
      privacy = ${own.privacy}, accent = ${accent}, logo = ${logo?.image.hash ?? null},
      logo_dark = ${logo?.dark?.hash ?? null}, logo_named = ${logo?.named ?? false}, contact = ${contact},
      changed = pg_current_xact_id()
  `.execute(trx);
  await trx.deleteFrom("site_words").execute();
  for (const [language, { name, heading, tagline, privacy }] of Object.entries(words))
    if (language !== first && (name || heading || tagline || privacy))
      await trx.insertInto("site_words").values({ language, name, heading, tagline, privacy }).execute();
}
