/** The SQL of the list of letters: which ones, and how many. All reads; nothing is locked. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";

/** The newest letters that have all the facets, as ids. */
export async function newestIds(
  db: Queryable,
  facets: readonly string[],
  offset: number,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select letter_id as id from letter_index ${facets.length > 0 ? sql`where facets @> ${facets}::text[]` : sql``}
    order by dated desc, listed desc offset ${offset} limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** How many letters have all the facets. */
export async function countLetters(db: Queryable, facets: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from letter_index
    where facets @> ${facets}::text[]`.execute(db);
  return rows[0]!.count;
}

/** How many letters of the whole archive have each facet: kept, not counted. */
export async function allFacets(db: Queryable): Promise<Map<string, number>> {
  const { rows } = await sql<{ facet: string; letters: number }>`
    select facet, letters::int as letters from facet_count where letters > 0`.execute(db);
  return new Map(rows.map(({ facet, letters }) => [facet, letters]));
}
