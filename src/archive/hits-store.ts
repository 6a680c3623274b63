/**
 * The SQL of search. What it costs is bounded: of many hits only the newest are counted, and of these only the newest
 * ranked. Measured over 100,000 letters on two cores: 28 ms for a word that half of the letters hold, 2 ms for a rare one.
 */
import { type RawBuilder, sql } from "kysely";
import type { Database, Queryable, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { TextQuery } from "./query-store.ts";

/** Of more hits than this, only the newest are found. */
export const foundAtMost = 1_000;

/** Of more hits than this, only the newest are ordered by relevance; the rest follow by date. */
const rankedAtMost = 500;

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

/** Whether all letters are wanted but some. They are read from the newest down (readAtMost), and the search index is no help. */
export function onlyRulesOut(text: TextQuery | undefined): boolean {
  return text?.mark === "";
}

/**
 * Does work in a transaction in which the planner uses the search index. Left alone it tests the documents one by one,
 * since it does not know what it costs to fetch them (four times to twenty times as much).
 */
export function withSearchIndex<Result>(
  db: Database,
  text: TextQuery | undefined,
  work: (trx: Transaction) => Promise<Result>,
): Promise<Result> {
  return inTransaction(db, async (trx) => {
    await sql`select set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)`.execute(
      trx,
    );
    if (onlyRulesOut(text)) return work(trx);
    await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)`.execute(
      trx,
    );
    return work(trx);
  });
}

/**
 * Some searches the index cannot answer: letters that hold the words of a phrase are read for the phrase itself, and
 * all letters for what is only ruled out. Of more than this, only the newest are read.
 */
export const readAtMost = 5_000;

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
    ...(text?.ruledOut.length ? [sql`letter_id <> all(${text.ruledOut}::uuid[])`] : []),
  ];
  const limit = sql`limit ${foundAtMost + 1}`;
  const where = (...more: RawBuilder<unknown>[]) => {
    const all = [...conditions, ...more];
    return all.length > 0 ? sql`where ${sql.join(all, sql` and `)}` : sql``;
  };
  if (!text) return sql`select ${columns} from letter_index ${where()} ${newestFirst} ${limit}`;
  const own = isRead(text)
    ? sql`select row, letter_id, dated, listed, facets from (
          select ${columns}, document from letter_index ${where(...mayMatch(text))}
          ${newestFirst} limit ${readAtMost}) read
        where document @@ ${text.match}::tsquery ${newestFirst} ${limit}`
    : sql`select ${columns} from letter_index ${where(sql`document @@ ${text.match}::tsquery`)}
          ${newestFirst} ${limit}`;
  if (text.signed.length === 0) return own;
  const signed = where(
    sql`letter_id = any(${text.signed}::uuid[])`,
    ...(text.never ? [sql`not document @@ ${text.never}::tsquery`] : []),
  );
  // Not "or" within one condition: the planner would then read every document.
  return sql`select * from (
    (${own}) union (select ${columns} from letter_index ${signed})) either
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

/** Whether letters must be read: the query has phrases, or only rules out. */
export function isRead(text: TextQuery): boolean {
  return onlyRulesOut(text) || loosened(text.mark) !== text.mark;
}

/** What the index can say of the letters that are read. */
function mayMatch(text: TextQuery): RawBuilder<unknown>[] {
  return onlyRulesOut(text) ? [] : [sql`document @@ ${loosened(text.mark)}::tsquery`];
}

/** Whether there are more letters to read than are read. */
export async function isCut(trx: Transaction, text: TextQuery, facets: readonly string[]): Promise<boolean> {
  if (!isRead(text)) return false;
  const conditions = [...mayMatch(text), ...(facets.length > 0 ? [sql`facets @> ${facets}::text[]`] : [])];
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from letter_index ${where}
      limit ${readAtMost + 1}) read`.execute(trx);
  return rows[0]!.count > readAtMost;
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
