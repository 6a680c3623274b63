/** The SQL of the letters room. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { LetterInput } from "./record-letter.ts";
import { simpleConfiguration } from "./search-configuration.ts";
import type { NewSite } from "./site.ts";

/** Slugs are given out one at a time; held until the transaction ends. */
export async function lockSlugs(trx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('undersigned.slug'))`.execute(trx);
}

/** All present and former slugs that are this one, or this one with an ending. */
export async function selectSlugsLike(trx: Transaction, slug: string): Promise<Set<string>> {
  const { rows } = await sql<{ slug: string }>`
    select slug from letter where slug = ${slug} or slug like ${`${slug}-%`}
    union all
    select slug from former_slug where slug = ${slug} or slug like ${`${slug}-%`}
  `.execute(trx);
  return new Set(rows.map((row) => row.slug));
}

/** Which letter has or had a slug. */
export async function selectSlugOwner(trx: Transaction, slug: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from letter where slug = ${slug}
    union all
    select letter_id from former_slug where slug = ${slug}
  `.execute(trx);
  return rows[0]?.id;
}

export async function updateSlug(trx: Transaction, letterId: string, slug: string): Promise<void> {
  await sql`delete from former_slug where slug = ${slug}`.execute(trx);
  await sql`insert into former_slug (slug, letter_id)
    select slug, id from letter where id = ${letterId} and slug <> ${slug}`.execute(trx);
  await sql`update letter set slug = ${slug} where id = ${letterId}`.execute(trx);
}

export async function selectLetterBySlug(
  db: Queryable,
  slug: string,
): Promise<{ id: string; slug: string } | undefined> {
  const { rows } = await sql<{ id: string; slug: string }>`
    select id, slug from letter where slug = ${slug}
    union all
    select id, letter.slug from letter join former_slug on letter_id = id where former_slug.slug = ${slug}
    limit 1
  `.execute(db);
  return rows[0];
}

export async function insertLetter(
  trx: Transaction,
  letter: LetterInput & { id: string; slug: string; dated: number; at: Date },
): Promise<void> {
  const letter_id = letter.id;
  await trx
    .insertInto("letter")
    .values({
      id: letter_id,
      slug: letter.slug,
      kind: letter.kind,
      publisher_role: letter.publisherRole ?? null,
      state: letter.state,
      dated: letter.dated,
      language: letter.language,
      measure_name: letter.measure?.name ?? null,
      measure_type: letter.measure?.type ?? null,
      stance: letter.stance ?? null,
      example: letter.example ?? false,
      opened_at: letter.state === "open" ? letter.at : null,
      closes_on: letter.closesOn ?? null,
    })
    .execute();
  await trx.insertInto("revision").values({ letter_id, number: 1, created_at: letter.at }).execute();
  await trx
    .insertInto("translation")
    .values(
      letter.translations.map(({ language, title, summary, body }) => ({
        letter_id,
        revision: 1,
        language,
        title,
        summary,
        body: body ?? null,
      })),
    )
    .execute();
  await trx.insertInto("tally").values({ letter_id }).execute();
  const at = (index: number) => ({ letter_id, position: index + 1 });
  const { addressees, initiators, topics, places, namedSignatories, reportedCount } = letter;
  if (addressees.length > 0) {
    await trx
      .insertInto("addressee")
      .values(addressees.map(({ name, type }, index) => ({ ...at(index), name, type })))
      .execute();
  }
  if (initiators.length > 0) {
    await trx
      .insertInto("initiator")
      .values(initiators.map((name, index) => ({ ...at(index), name })))
      .execute();
  }
  if (topics.length > 0) {
    await trx
      .insertInto("letter_topic")
      .values(topics.map((topic, index) => ({ ...at(index), topic })))
      .execute();
  }
  if (places.length > 0) {
    await trx
      .insertInto("letter_place")
      .values(places.map((place, index) => ({ ...at(index), place })))
      .execute();
  }
  if (namedSignatories.length > 0) {
    await trx
      .insertInto("reported_signatory")
      .values(namedSignatories.map(({ name, kind }, index) => ({ ...at(index), name, kind })))
      .execute();
  }
  if (reportedCount) {
    await trx
      .insertInto("reported_count")
      .values({
        letter_id,
        kind: reportedCount.kind,
        count: reportedCount.count ?? null,
        qualifier: reportedCount.qualifier ?? null,
        description: reportedCount.description,
      })
      .execute();
  }
}

/** @returns the letters that were closed now */
export async function closeOverdue(trx: Transaction, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update letter set state = 'closed', closed_at = ${now}
    where state = 'open' and closes_on < ${now.toISOString().slice(0, 10)}::date returning id`.execute(trx);
  return rows.map(({ id }) => id);
}

/** What the index is made of. */
export interface LetterFacts {
  readonly dated: number;
  readonly listed: number;
  readonly language: string;
  readonly state: string;
  readonly publisher_role: string | null;
  readonly stance: string | null;
  readonly measure_name: string | null;
  readonly topics: readonly string[];
  readonly places: readonly string[];
  readonly addressees: readonly { readonly name: string; readonly type: string }[];
  readonly initiators: readonly string[];
  /** People and organisations named among the reported signatories. */
  readonly reported: readonly string[];
  /** The latest revision's. */
  readonly translations: readonly {
    readonly language: string;
    readonly title: string;
    readonly summary: string;
    readonly body: string | null;
  }[];
}

export async function selectLetterFacts(trx: Transaction, letterId: string): Promise<LetterFacts> {
  const { rows } = await sql<LetterFacts>`
    select dated, listed, language, state, publisher_role, stance, measure_name,
      array(select topic from letter_topic where letter_id = id order by position) as topics,
      array(select place from letter_place where letter_id = id order by position) as places,
      (select coalesce(json_agg(json_build_object('name', name, 'type', type) order by position), '[]')
       from addressee where letter_id = id) as addressees,
      array(select name from initiator where letter_id = id order by position) as initiators,
      array(select name from reported_signatory where letter_id = id order by position) as reported,
      (select json_agg(json_build_object('language', language, 'title', title, 'summary', summary, 'body', body)
                       order by language)
       from translation where letter_id = id
         and revision = (select max(number) from revision where letter_id = id)) as translations
    from letter where id = ${letterId}
  `.execute(trx);
  const facts = rows[0];
  if (!facts) throw new Error(`no letter ${letterId}`);
  return facts;
}

/** A translation's parts, to be stemmed by its configuration. */
export interface IndexedText {
  readonly configuration: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly measure: string;
}

export interface IndexRow {
  readonly dated: number;
  readonly listed: number;
  readonly texts: readonly IndexedText[];
  readonly names: readonly string[];
  readonly facets: readonly string[];
}

/** Weights: A title, B measure and names, C summary, D text. */
export async function upsertIndex(trx: Transaction, letterId: string, row: IndexRow): Promise<void> {
  const parts = row.texts.map(
    (text) => sql`
      setweight(to_tsvector(${text.configuration}::regconfig, ${text.title}), 'A') ||
      setweight(to_tsvector(${text.configuration}::regconfig, ${text.measure}), 'B') ||
      setweight(to_tsvector(${text.configuration}::regconfig, ${text.summary}), 'C') ||
      setweight(to_tsvector(${text.configuration}::regconfig, ${text.body}), 'D')`,
  );
  // A mark between names, so that no phrase is found across two of them.
  const names = sql`setweight(to_tsvector(${simpleConfiguration}::regconfig, ${row.names.join(" | ")}), 'B')`;
  await sql`
    insert into letter_index (letter_id, dated, listed, document, facets)
    values (${letterId}, ${row.dated}, ${row.listed}, ${sql.join([...parts, names], sql` || `)}, ${row.facets}::text[])
    on conflict (letter_id) do update set
      dated = excluded.dated, listed = excluded.listed, document = excluded.document, facets = excluded.facets
  `.execute(trx);
}

/** The facets under which a letter is counted now; none for a new one. */
export async function selectFacets(trx: Transaction, letterId: string): Promise<string[]> {
  const { rows } = await sql<{ facets: string[] }>`
    select facets from letter_index where letter_id = ${letterId} for update`.execute(trx);
  return rows[0]?.facets ?? [];
}

/** Counts one letter less, or more, under these facets. Rows are locked in order, so that nobody waits in a circle. */
export async function changeFacetCounts(
  trx: Transaction,
  removed: readonly string[],
  added: readonly string[],
): Promise<void> {
  await sql`select 1 from facet_count where facet = any(${[...removed, ...added]}::text[]) order by facet for update`.execute(
    trx,
  );
  await sql`update facet_count set letters = letters - 1 where facet = any(${removed}::text[])`.execute(trx);
  await sql`
    insert into facet_count (facet, letters) select facet, 1 from unnest(${added}::text[]) as facet order by facet
    on conflict (facet) do update set letters = facet_count.letters + 1`.execute(trx);
}

/** Words must come sorted, so that two transactions insert them in the same order. */
export async function insertKnownWords(trx: Transaction, words: readonly string[]): Promise<void> {
  await sql`insert into known_word (word)
    select word from unnest(${words}::text[]) with ordinality as given (word, place)
    where not exists (select from known_word where known_word.word = given.word)
    order by place on conflict do nothing`.execute(trx);
}

export async function insertOrganisation(
  trx: Transaction,
  letterId: string,
  folded: string,
  name: string,
): Promise<void> {
  await sql`insert into letter_organisation (letter_id, folded, document)
    values (${letterId}, ${folded}, to_tsvector(${simpleConfiguration}::regconfig, ${name}))
    on conflict do nothing`.execute(trx);
}

export async function deleteOrganisation(trx: Transaction, letterId: string, folded: string): Promise<void> {
  await sql`delete from letter_organisation where letter_id = ${letterId} and folded = ${folded}`.execute(
    trx,
  );
}

/** @returns whether there was no site yet */
export async function insertSite(db: Queryable, site: NewSite): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("site")
    .values(site)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function updateSiteWords(
  trx: Transaction,
  words: { readonly heading: string; readonly tagline: string },
): Promise<void> {
  await sql`update site set heading = ${words.heading}, tagline = ${words.tagline}, changed = pg_current_xact_id()
    where (heading, tagline) <> (${words.heading}, ${words.tagline})`.execute(trx);
}

export async function selectLettersDated(
  db: Queryable,
  dated: readonly number[],
): Promise<{ slug: string; dated: number; titles: string[] }[]> {
  const { rows } = await sql<{ slug: string; dated: number; titles: string[] }>`
    select slug, dated, array(select distinct title from translation where letter_id = id order by title) as titles
    from letter where dated = any(${dated}::int[]) order by listed`.execute(db);
  return rows;
}

export async function markSite(trx: Queryable): Promise<void> {
  await sql`update site set changed = pg_current_xact_id()`.execute(trx);
}

export async function markLetter(trx: Queryable, letterId: string): Promise<void> {
  await sql`update tally set changed = pg_current_xact_id() where letter_id = ${letterId}`.execute(trx);
}
