/** The SQL of a letter's place in the index: what it is made of, what is searched, and the counts of the facets. */
import { sql } from "kysely";
import type { Transaction } from "../database/open.ts";
import { simpleConfiguration } from "./search-configuration.ts";

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
  /** Organisations and people named among the reported signatories; of many the first. */
  readonly reported: readonly string[];
  /** The latest revision's. */
  readonly translations: readonly {
    readonly language: string;
    readonly title: string;
    readonly summary: string;
    readonly body: string | null;
  }[];
}

/** Of more reported names than this the letter is found by some, organisations first: there may be a hundred thousand. */
const reportedAtMost = 1_000;

/** Reads what a letter's place in the index is made of. Throws where there is no such letter. */
export async function selectLetterFacts(trx: Transaction, letterId: string): Promise<LetterFacts> {
  const { rows } = await sql<LetterFacts>`
    select dated, listed, language, state, publisher_role, stance, measure_name,
      array(select topic from letter_topic where letter_id = id order by position) as topics,
      array(select place from letter_place where letter_id = id order by position) as places,
      (select coalesce(json_agg(json_build_object('name', name, 'type', type) order by position), '[]')
       from addressee where letter_id = id) as addressees,
      array(select name from initiator where letter_id = id order by position) as initiators,
      array(select name from reported_signatory where letter_id = id
            order by kind, position limit ${sql.lit(reportedAtMost)}) as reported,
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
