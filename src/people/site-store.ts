/** The SQL of what the site is called. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";

/** The publisher's name for its site, in a language where it has one in it; nothing before the first start. */
export async function selectSiteName(db: Queryable, language: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select coalesce((select name from site_words where language = ${language} and name <> ''), name) as name
    from site`.execute(db);
  return rows[0]?.name;
}
