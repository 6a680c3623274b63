/** The SQL of what the site is called, and of where it can be reached. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";

/** The publisher's name for its site, in a language where it has one in it; nothing before the first start. */
export async function selectSiteName(db: Queryable, language: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select coalesce((select name from site_words where language = ${language} and name <> ''), name) as name
    from site`.execute(db);
  return rows[0]?.name;
}

/** The e-mail address at which people reach the publisher; null where it gives none. */
export async function selectSiteContact(db: Queryable): Promise<string | null> {
  const row = await db.selectFrom("site").select("contact").executeTakeFirst();
  return row?.contact ?? null;
}
