/** The reader's words, read by PostgreSQL with the stemming of every language of the archive. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import type { Words } from "./words.ts";

/** The reader's words in PostgreSQL's own notation, and what the names of organisations have to say to them. */
export interface TextQuery {
  /** What a letter's own words must match. */
  readonly match: string;
  /** What is marked and ranked by: the same without what is ruled out. Empty when all letters but those are wanted. */
  readonly mark: string;
  /** What is ruled out, if anything. */
  readonly never?: string;
  /** Letters that match by an organisation that signed them, if their own words hold nothing that is ruled out. */
  readonly signed: readonly string[];
  /** Letters that an organisation signed whose name holds what is ruled out. */
  readonly ruledOut: readonly string[];
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
  if (!mark && (words.wanted !== "" || !never)) return undefined;
  if (!mark)
    return {
      mark: "",
      match: `!(${never})`,
      never: never!,
      signed: [],
      ruledOut: await signedByMatching(db, never!),
    };
  const signed = await signedByMatching(db, mark);
  if (!never) return { mark, match: mark, signed, ruledOut: [] };
  const ruledOut = await signedByMatching(db, never);
  return { mark, match: `(${mark}) & !(${never})`, never, signed, ruledOut };
}

/**
 * Of more organisations than this, the letters of some are found, or ruled out: one letter may have a million
 * "associations".
 */
const organisationsAtMost = 2_000;

/** Letters that an organisation whose name matches has signed (letters/known-names.ts). */
async function signedByMatching(db: Queryable, match: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct letter_id as id from (
      select letter_id from letter_organisation where document @@ ${match}::tsquery
      limit ${organisationsAtMost}) o`.execute(db);
  return rows.map(({ id }) => id);
}
