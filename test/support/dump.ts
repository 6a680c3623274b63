/** The whole database as text, as whoever steals a copy would read it. */
import { sql } from "kysely";
import type { Database } from "../../src/database/open.ts";

/** Every row of every table of the site and of its job queue, by the table's name. Bytes are in hexadecimal. */
export async function dumpDatabase(db: Database): Promise<Map<string, string[]>> {
  const tables = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    order by 1, 2
  `.execute(db);
  const dump = new Map<string, string[]>();
  for (const { schema, name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.table(`${schema}.${name}`)} t order by 1`.execute(db);
    dump.set(
      `${schema}.${name}`,
      rows.map(({ row }) => row),
    );
  }
  return dump;
}
