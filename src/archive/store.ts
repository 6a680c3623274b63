/** What the archive reads of letters. All reads; nothing is locked. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import type { Entry } from "./entry.ts";
import { chosenText, type EntryRow, entryColumns, readEntry } from "./entry-columns.ts";

/** Letters by their ids, in the order of the ids; those that are not there are left out. */
export async function loadEntries(db: Queryable, ids: readonly string[], language: string): Promise<Entry[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<EntryRow>`
    select ${entryColumns}
    from unnest(${ids}::uuid[]) with ordinality as wanted (id, rank)
      join letter l on l.id = wanted.id
      join lateral ${chosenText(language)} t on true
      left join tally y on y.letter_id = l.id
    order by wanted.rank`.execute(db);
  return rows.map(readEntry);
}

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

/** One text of a letter; body is null where the text is not held. */
export interface Text {
  readonly language: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string | null;
}

/** All texts of a letter's latest revision: the original first, then by language. */
export async function loadTexts(db: Queryable, letterId: string): Promise<Text[]> {
  const { rows } = await sql<Text>`
    select t.language, t.title, t.summary, t.body from translation t join letter l on l.id = t.letter_id
    where t.letter_id = ${letterId}
      and t.revision = (select max(number) from revision where letter_id = ${letterId})
    order by t.language = l.language desc, t.language`.execute(db);
  return rows;
}

/** The letters before and after one in the order of the archive, as ids. */
export async function idsBeside(
  db: Queryable,
  letterId: string,
): Promise<{ newer: string | null; older: string | null }> {
  const { rows } = await sql<{ newer: string | null; older: string | null }>`
    select
      (select id from letter where (dated, listed) > (l.dated, l.listed) order by dated, listed limit 1) as newer,
      (select id from letter where (dated, listed) < (l.dated, l.listed)
        order by dated desc, listed desc limit 1) as older
    from letter l where l.id = ${letterId}`.execute(db);
  return rows[0] ?? { newer: null, older: null };
}

/**
 * Letters with the same topics, as ids: those that share the most first, then the newest. Only the newest of each
 * topic are looked at, so that a topic of many letters costs no more than one of few.
 */
export async function idsLike(
  db: Queryable,
  letterId: string,
  topics: readonly string[],
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select n.letter_id as id
    from unnest(${topics.map((topic) => `topic:${topic}`)}::text[]) topic
      cross join lateral (
        select letter_id, dated, listed from letter_index
        where facets @> array[topic] and letter_id <> ${letterId}
        order by dated desc, listed desc limit 20) n
    group by n.letter_id, n.dated, n.listed
    order by count(*) desc, n.dated desc, n.listed desc limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** The highest number by which a letter was listed; 0 for an empty archive. */
export async function lastListed(db: Queryable): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(listed), 0)::int as last from letter`.execute(db);
  return rows[0]!.last;
}

/** Letters by the order in which they were listed, which never changes: from after one number up to another. */
export async function listedBetween(
  db: Queryable,
  after: number,
  upTo: number,
): Promise<{ slug: string; updatedAt: Date }[]> {
  const { rows } = await sql<{ slug: string; updatedAt: Date }>`
    select slug, (select max(created_at) from revision r where r.letter_id = l.id) as "updatedAt"
    from letter l where listed > ${after} and listed <= ${upTo} order by listed`.execute(db);
  return rows;
}
