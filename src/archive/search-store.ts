/**
 * The SQL of search. What it costs is bounded: of many hits only the newest are counted, and of these only the newest
 * ranked. Measured over 100,000 letters on two cores: 28 ms for a word that half of the letters hold, 2 ms for a rare one.
 */
import { type RawBuilder, sql } from "kysely";
import type { Database, Queryable, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { markStart, markStop } from "./marks.ts";
import type { Words } from "./words.ts";

/** Of more hits than this, only the newest are found. */
export const foundAtMost = 1_000;

/** Of more hits than this, only the newest are ordered by relevance; the rest follow by date. */
const rankedAtMost = 500;

/** Two queries in PostgreSQL's own notation. */
export interface TextQuery {
  /** What a letter must match. */
  readonly match: string;
  /** What is marked and ranked by: the same without what is ruled out. */
  readonly mark: string;
  /** Letters that match by an organisation that signed them, whatever their own text says. */
  readonly signed: readonly string[];
}

/** Reads the words with the stemming of each configuration; undefined where only words too common to be indexed remain. */
export async function makeTextQuery(
  db: Queryable,
  words: Words,
  configurations: readonly string[],
): Promise<TextQuery | undefined> {
  const { rows } = await sql<{ mark: string | null; never: string | null }>`
    with wanted as (
      select distinct websearch_to_tsquery(c::regconfig, ${words.wanted}) as q
      from unnest(${configurations}::text[]) c),
    excluded as (
      select distinct phraseto_tsquery(c::regconfig, e) as q
      from unnest(${configurations}::text[]) c, unnest(${words.excluded}::text[]) e)
    select (select string_agg('(' || q::text || ')', ' | ' order by q::text) from wanted where numnode(q) > 0) as mark,
      (select string_agg('(' || q::text || ')', ' | ' order by q::text) from excluded where numnode(q) > 0) as never
    `.execute(db);
  const { mark, never } = rows[0]!;
  if (!mark) return undefined;
  return never
    ? { mark, match: `(${mark}) & !(${never})`, signed: [] }
    : { mark, match: mark, signed: await signedByMatching(db, mark) };
}

/** Which letters: those that match the text, if any, and have all the facets. */
export interface Wanted {
  readonly text?: TextQuery | undefined;
  readonly facets: readonly string[];
  /** Facets of which a letter must have one: the newest years, when these alone are likely to hold enough. */
  readonly within?: readonly string[] | undefined;
}

export interface Hits {
  /** At most foundAtMost + 1. */
  readonly total: number;
  /** The letters of the page asked for. */
  readonly ids: readonly string[];
  readonly counts: readonly (readonly [facet: string, letters: number])[];
}

/**
 * Does work in a transaction in which the planner uses the search index. Left alone it tests the documents one by one,
 * since it does not know what it costs to fetch them (four times to twenty times as much).
 */
export function withSearchIndex<Result>(
  db: Database,
  work: (trx: Transaction) => Promise<Result>,
): Promise<Result> {
  return inTransaction(db, async (trx) => {
    await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true),
      set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)`.execute(trx);
    return work(trx);
  });
}

/** Of more organisations than this, the letters of some are found: one letter may have a million "associations". */
const organisationsAtMost = 2_000;

/**
 * Letters that an organisation whose name matches has signed (letters/known-names.ts). Not asked where words are ruled
 * out: a name alone cannot say that they are not in the letter.
 */
async function signedByMatching(db: Queryable, match: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct letter_id as id from (
      select letter_id from letter_organisation where document @@ ${match}::tsquery
      limit ${organisationsAtMost}) o`.execute(db);
  return rows.map(({ id }) => id);
}

/** Of more letters that hold the words of a phrase, only the newest are read for the phrase itself. */
export const phraseReadAtMost = 5_000;

/** A query whose phrases are loosened to their words; the index answers these alone. */
function loosened(query: string): string {
  return query.replace(/'(?:[^']|'')*'|<(?:-|\d+)>/g, (part) => (part.startsWith("<") ? "&" : part));
}

const newestFirst = sql`order by dated desc, listed desc`;
const columns = sql`ctid as row, letter_id, dated, listed, facets`;

/** The newest letters that are wanted, at most foundAtMost + 1, each with its row's address. */
function newestHits({ text, facets, within }: Wanted) {
  const conditions = [
    ...(facets.length > 0 ? [sql`facets @> ${facets}::text[]`] : []),
    ...(within ? [sql`facets && ${within}::text[]`] : []),
  ];
  const limit = sql`limit ${foundAtMost + 1}`;
  const where = (...more: RawBuilder<unknown>[]) => {
    const all = [...conditions, ...more];
    return all.length > 0 ? sql`where ${sql.join(all, sql` and `)}` : sql``;
  };
  if (!text) return sql`select ${columns} from letter_index ${where()} ${newestFirst} ${limit}`;
  const loose = loosened(text.mark);
  const own =
    loose === text.mark
      ? sql`select ${columns} from letter_index ${where(sql`document @@ ${text.match}::tsquery`)}
          ${newestFirst} ${limit}`
      : sql`select row, letter_id, dated, listed, facets from (
          select ${columns}, document from letter_index ${where(sql`document @@ ${loose}::tsquery`)}
          ${newestFirst} limit ${phraseReadAtMost}) read
        where document @@ ${text.match}::tsquery ${newestFirst} ${limit}`;
  if (text.signed.length === 0) return own;
  // Not "or" within one condition: the planner would then read every document.
  return sql`select * from (
    (${own}) union (select ${columns} from letter_index ${where(sql`letter_id = any(${text.signed}::uuid[])`)})) either
    ${newestFirst} ${limit}`;
}

/** Finds letters by text: one page of them by relevance, then by date, and the counts of their facets. */
export async function findHits(
  trx: Transaction,
  wanted: Wanted & { readonly text: TextQuery },
  offset: number,
  limit: number,
): Promise<Hits> {
  const { rows } = await sql<Hits>`
    with hit as materialized (${newestHits(wanted)}),
    ranked as (
      select n.row, ts_rank(i.document, ${wanted.text.mark}::tsquery, 1) as rank
      from (select row from hit order by dated desc, listed desc limit ${rankedAtMost}) n
        join letter_index i on i.ctid = n.row),
    page as (
      select h.letter_id, row_number() over (order by r.rank desc nulls last, h.dated desc, h.listed desc) as at
      from hit h left join ranked r on r.row = h.row
      order by at offset ${offset} limit ${limit})
    select (select count(*)::int from hit) as total,
      coalesce((select json_agg(letter_id order by at) from page), '[]') as ids,
      ${facetCounts()} as counts`.execute(trx);
  return rows[0]!;
}

/** Whether a query has phrases, for which letters must be read. */
export function hasPhrases(text: TextQuery): boolean {
  return loosened(text.mark) !== text.mark;
}

/** Whether there are more letters with the words of a phrase than are read for the phrase itself. */
export async function isPhraseCut(
  trx: Transaction,
  text: TextQuery,
  facets: readonly string[],
): Promise<boolean> {
  if (!hasPhrases(text)) return false;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from letter_index where document @@ ${loosened(text.mark)}::tsquery
        ${facets.length > 0 ? sql`and facets @> ${facets}::text[]` : sql``}
      limit ${phraseReadAtMost + 1}) read`.execute(trx);
  return rows[0]!.count > phraseReadAtMost;
}

/** Counts the facets of the letters that are wanted, the newest foundAtMost of them. */
export async function countHits(db: Queryable, wanted: Wanted): Promise<Omit<Hits, "ids">> {
  const { rows } = await sql<Omit<Hits, "ids">>`
    with hit as materialized (${newestHits(wanted)})
    select (select count(*)::int from hit) as total, ${facetCounts()} as counts`.execute(db);
  return rows[0]!;
}

function facetCounts() {
  return sql`coalesce((select json_agg(json_build_array(facet, letters)) from (
    select facet, count(*)::int as letters
    from (select facets from hit order by dated desc, listed desc limit ${foundAtMost}) newest, unnest(facets) facet
    group by facet) f), '[]')`;
}

/** Known words like each of the words, the most similar first. */
export async function similarWords(
  db: Database,
  words: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const { rows } = await inTransaction(db, async (trx) => {
    await sql`select set_config('pg_trgm.similarity_threshold', '0.3', true)`.execute(trx);
    return sql<{ word: string; similar: string[] }>`
      select w.word, array(
        select k.word from known_word k where k.word % w.word
        order by similarity(k.word, w.word) desc, k.word limit 20) as similar
      from unnest(${words}::text[]) w (word)
      where not exists (select from known_word k where k.word = w.word)`.execute(trx);
  });
  return new Map(rows.map(({ word, similar }) => [word, similar]));
}

/** Where a letter matches, with delimiters around each match (marks.ts). */
export interface Marked {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** A piece of the text, where the text matches and title and summary do not. Markdown. */
  readonly excerpt: string | null;
}

/** How much of a text is looked at around the first match, in characters. */
const around = 400;

/**
 * Marks the matches in the texts that are shown, each with its own language's stemming.
 * @param texts the letters with the language of the text that is shown of each, and its configuration
 */
export async function markMatches(
  db: Queryable,
  texts: readonly { readonly id: string; readonly language: string; readonly configuration: string }[],
  mark: string,
): Promise<Marked[]> {
  // Looking for the stems with strpos first keeps ts_headline from reading whole texts: 50 of them took 50 ms.
  const stems = [
    ...new Set(Array.from(mark.matchAll(/'((?:[^']|'')+)'/g), ([, stem]) => stem!.replaceAll("''", "'"))),
  ];
  const strip = (column: string) => sql`translate(${sql.ref(column)}, ${markStart + markStop}, '')`;
  const delimiters = `StartSel=${markStart}, StopSel=${markStop}`;
  const { rows } = await sql<Marked>`
    select w.id, marked.title, marked.summary,
      case when strpos(marked.title || marked.summary, ${markStart}) = 0 then (
        select ts_headline(w.config, substring(${strip("t.body")} from greatest(1, at - ${around}) for ${2 * around}),
          ${mark}::tsquery, ${`${delimiters}, MaxFragments=1, MinWords=12, MaxWords=30`})
        from (select min(nullif(strpos(lower(t.body), stem), 0)) as at from unnest(${stems}::text[]) stem) s
        where at is not null) end as excerpt
    from unnest(${texts.map(({ id }) => id)}::uuid[], ${texts.map(({ language }) => language)}::text[],
        ${texts.map(({ configuration }) => configuration)}::regconfig[]) as w (id, language, config)
      join translation t on t.letter_id = w.id and t.language = w.language
        and t.revision = (select max(number) from revision where letter_id = w.id)
      cross join lateral (select
        ts_headline(w.config, ${strip("t.title")}, ${mark}::tsquery, ${`${delimiters}, HighlightAll=true`}) as title,
        ts_headline(w.config, ${strip("t.summary")}, ${mark}::tsquery, ${`${delimiters}, HighlightAll=true`}) as summary
      ) marked`.execute(db);
  return rows;
}
