/**
 * Writes src/database/schema.ts from a migrated database: `npm run schema`. A generator of our own, because it reads
 * the check constraints too: a column that is checked to be one of some words gets just these words for its type.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sql } from "kysely";
import { migrate } from "../src/database/migrate.ts";
import { type Database, openDatabase } from "../src/database/open.ts";
import { createLogger } from "../src/foundation/logger.ts";

export const schemaFile = join(import.meta.dirname, "../src/database/schema.ts");

/** As src/database/read-value.ts reads them. */
const types: Readonly<Record<string, string>> = {
  text: "string",
  bpchar: "string",
  uuid: "string",
  int4: "number",
  int8: "number",
  float8: "number",
  int2: "number",
  bool: "boolean",
  json: "unknown",
  bytea: "Buffer",
  date: "string",
  timestamptz: "Date",
  xid8: "string",
  tsvector: "string",
  _text: "string[]",
  _int4: "number[]",
};

interface Column {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  has_default: boolean;
  always: boolean;
}

/** The text of schema.ts for a database. */
export async function describeSchema(db: Database): Promise<string> {
  const { rows: columns } = await sql<Column>`
    select c.relname as table, a.attname as column, t.typname as type, not a.attnotnull as nullable,
           a.atthasdef or a.attidentity <> '' as has_default,
           a.attidentity = 'a' or a.attgenerated <> '' as always
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by c.relname, a.attnum`.execute(db);
  const words = await checkedWords(db);
  const tables = Map.groupBy(columns, ({ table }) => table);
  const interfaces = [...tables].map(
    ([table, members]) =>
      `export interface ${typeName(table)} {\n${members.map((member) => `  ${member.column}: ${typeOf(member, words)};\n`).join("")}}\n`,
  );
  const members = [...tables.keys()].map((table) => `  ${table}: ${typeName(table)};\n`);
  return [
    "// Written by `npm run schema` from the migrations. Not to be edited.\n" +
      'import type { Generated, GeneratedAlways } from "kysely";\n',
    ...interfaces,
    `export interface Schema {\n${members.join("")}}\n`,
  ].join("\n");
}

/** The words that a check constraint allows, by "table.column". */
async function checkedWords(db: Database): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ place: string; definition: string }>`
    select conrelid::regclass || '.' || a.attname as place, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype = 'c' and k.connamespace = 'public'::regnamespace and cardinality(k.conkey) = 1`.execute(
    db,
  );
  const found = rows.flatMap(({ place, definition }): [string, string[]][] => {
    const list = /^CHECK \(\(\w+ = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(definition)?.[1];
    return list ? [[place, [...list.matchAll(/'([^']+)'::text/g)].map((match) => match[1]!)]] : [];
  });
  return new Map(found);
}

function typeOf(column: Column, words: ReadonlyMap<string, string[]>): string {
  const plain = types[column.type];
  if (!plain) throw new Error(`scripts/generate-schema.ts does not know the type ${column.type}`);
  const known = words.get(`${column.table}.${column.column}`)?.map((word) => JSON.stringify(word));
  const type = (known?.join(" | ") ?? plain) + (column.nullable ? " | null" : "");
  if (column.always) return `GeneratedAlways<${type}>`;
  return column.has_default ? `Generated<${type}>` : type;
}

function typeName(table: string): string {
  return `${table.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Table`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const dataDir = await mkdtemp(join(tmpdir(), "undersigned-schema-"));
  const open = await openDatabase({ dataDir }, createLogger("warn"));
  try {
    await migrate(open);
    await writeFile(schemaFile, await describeSchema(open.db));
  } finally {
    await open.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
