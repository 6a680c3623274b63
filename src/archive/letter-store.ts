/** The SQL of one letter: its texts, and the letters around it. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";

/** One text of a letter; body is null where the text is not held. */
export interface Text {
  readonly language: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string | null;
}

/** All texts of one of a letter's revisions, the latest unless another is named: the original first, then by language. */
export async function loadTexts(db: Queryable, letterId: string, revision?: number): Promise<Text[]> {
  const { rows } = await sql<Text>`
    select t.language, t.title, t.summary, t.body from translation t join letter l on l.id = t.letter_id
    where t.letter_id = ${letterId}
      and t.revision = ${revision ?? sql`(select max(number) from revision where letter_id = ${letterId})`}
    order by t.language = l.language desc, t.language`.execute(db);
  return rows;
}

/** One frozen version of a letter's text. */
export interface Revision {
  readonly number: number;
  readonly publishedAt: Date;
  /** The hash of its manifest, 32 bytes; null while it has not been queued for the log. */
  readonly hash: Buffer | null;
  /** The index of its entry in the log; null while it waits for its number. */
  readonly entry: number | null;
}

/** A letter's revisions, oldest first. */
export async function loadRevisions(db: Queryable, letterId: string): Promise<Revision[]> {
  const { rows } = await sql<Revision>`
    select r.number, r.created_at as "publishedAt", r.manifest_hash as hash, g.index as entry
    from revision r left join log_revision g on g.letter_id = r.letter_id and g.number = r.number
    where r.letter_id = ${letterId} order by r.number`.execute(db);
  return rows;
}

/** How many accepted signatures are under each revision after the first, as it is kept; those that never had any are left out. */
export async function countsByRevision(
  db: Queryable,
  letterId: string,
): Promise<{ readonly revision: number; readonly signed: number }[]> {
  const { rows } = await sql<{ revision: number; signed: number }>`
    select revision, (people + organisations)::int as signed from tally_revision where letter_id = ${letterId}`.execute(
    db,
  );
  return rows;
}

/**
 * The letters before and after one in the order of the archive, as ids.
 * @param dated its date as a stored number, or the one that it would have
 */
export async function idsBeside(
  db: Queryable,
  letterId: string,
  dated: number,
): Promise<{ newer: string | null; older: string | null }> {
  const { rows } = await sql<{ newer: string | null; older: string | null }>`
    select
      (select id from letter where (dated, listed) > (${dated}::int, l.listed) and id <> l.id
        order by dated, listed limit 1) as newer,
      (select id from letter where (dated, listed) < (${dated}::int, l.listed) and id <> l.id
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
