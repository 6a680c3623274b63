/** The SQL of the sitemap. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";

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
    select slug, greatest((select max(created_at) from revision r where r.letter_id = l.id),
      (select max(at) from correction c where c.letter_id = l.id)) as "updatedAt"
    from letter l where listed > ${after} and listed <= ${upTo} order by listed`.execute(db);
  return rows;
}
