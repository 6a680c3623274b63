/**
 * Brings the database to the shape that this release expects: the numbered files of migrations/, each in a transaction
 * of its own, and the tables of the job queue. An advisory lock lets one node do it while others wait.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Logger as GraphileLogger, runMigrations } from "graphile-worker";
import { sql } from "kysely";
import pg from "pg";
import type { Database, OpenDatabase } from "./open.ts";

const folder = join(import.meta.dirname, "../../migrations");

/** Any number will do, as long as it stays the same. */
const lockNumber = 1_970_169_701;

/** 15 is the first in which only the owner may create tables in a new database's public schema. */
const oldestVersion = 15;

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  /** SHA-256 of the text with its line ends as LF, in hexadecimal. */
  readonly checksum: string;
}

/**
 * Migrates.
 * @returns the names of the files that were applied now
 * @throws Error in words for the operator: a server too old or not in UTF-8, a database newer than this release, an
 *   applied file that was edited since, or a file that fails (it is rolled back; those before it stay)
 */
export async function migrate(
  open: Pick<OpenDatabase, "connection">,
  migrations?: readonly Migration[],
): Promise<string[]> {
  const files = migrations ?? (await readMigrations());
  const client = new pg.Client(open.connection);
  client.on("error", () => undefined);
  await client.connect().catch((error: Error) => {
    throw new Error(`The database cannot be reached: ${error.message || (error as { code?: string }).code}`);
  });
  try {
    await checkServer(client);
    await client.query("select pg_advisory_lock($1)", [lockNumber]);
    const applied = await applyFiles(client, files);
    await migrateQueue(open.connection);
    return applied;
  } finally {
    await client.end();
  }
}

/** Whether every migration of this release has been applied. Throws when the database does not answer. */
export async function isMigrated(db: Database): Promise<boolean> {
  ours ??= readMigrations();
  const expected = await ours;
  const { rows } = await sql<{ checksum: string }>`select checksum from migration order by number`.execute(
    db,
  );
  return expected.every(({ checksum }, index) => rows[index]?.checksum === checksum);
}
let ours: Promise<Migration[]> | undefined;

/**
 * Reads a folder of migrations in order.
 * @throws Error when a file is not named like 0001_name.sql, or a number stands twice
 */
export async function readMigrations(from: string = folder): Promise<Migration[]> {
  const names = (await readdir(from)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(/^(\d{4})_[a-z0-9_-]+\.sql$/.exec(name)?.[1]);
      if (Number.isNaN(number)) throw new Error(`migrations/${name} is not named like 0001_name.sql`);
      if (names[index + 1]?.startsWith(name.slice(0, 4)))
        throw new Error(`migrations/${name} and ${names[index + 1]} have the same number`);
      const text = (await readFile(join(from, name), "utf8")).replaceAll("\r\n", "\n");
      return { number, name, text, checksum: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number; encoding: string }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
            current_setting('server_encoding') as encoding`,
  );
  const { version, number, encoding } = rows[0]!;
  if (number < oldestVersion * 10_000)
    throw new Error(
      `Undersigned needs PostgreSQL ${oldestVersion} or later; DATABASE_URL leads to ${version}.`,
    );
  if (encoding !== "UTF8")
    throw new Error(`The database's encoding is ${encoding}; create it with encoding UTF8 (and template0).`);
  // Full-text search has to know what a letter is in every script; with the locale C the parser sees only ASCII.
  const { rows: words } = await client.query<{ count: number }>(
    "select coalesce(array_length(tsvector_to_array(to_tsvector('simple', 'é ж ب')), 1), 0) as count",
  );
  if (words[0]!.count !== 3)
    throw new Error(
      "The database's character type knows only ASCII; create it with a UTF-8 LC_CTYPE, such as C.UTF-8.",
    );
}

async function applyFiles(client: pg.Client, files: readonly Migration[]): Promise<string[]> {
  await client.query(`create table if not exists migration (
    number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<Omit<Migration, "text">>("select * from migration order by number");
  const known = new Map(rows.map((row) => [row.number, row]));
  const newer = rows.find((row) => !files.some(({ number }) => number === row.number));
  if (newer)
    throw new Error(
      `The database is newer than this release: it has migration ${newer.name}. Start the newer release.`,
    );
  const applied: string[] = [];
  for (const file of files) {
    const before = known.get(file.number);
    if (!before) {
      await applyFile(client, file);
      applied.push(file.name);
    } else if (before.checksum !== file.checksum) {
      throw new Error(
        `migrations/${file.name} was edited after it had been applied to this database. ` +
          "Put it back as it was, and make the change in a new migration.",
      );
    }
  }
  return applied;
}

async function applyFile(client: pg.Client, file: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(file.text);
    await client.query("insert into migration (number, name, checksum) values ($1, $2, $3)", [
      file.number,
      file.name,
      file.checksum,
    ]);
    await client.query("commit");
  } catch (cause) {
    await client.query("rollback");
    throw new Error(`migrations/${file.name} failed: ${(cause as Error).message}`, { cause });
  }
}

/** The schema graphile_worker, by its own migrations. */
async function migrateQueue(connection: pg.PoolConfig): Promise<void> {
  const pool = new pg.Pool({ ...connection, max: 2 });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    await runMigrations({ pgPool: pool, logger: new GraphileLogger(() => () => undefined) });
  } finally {
    await pool.end();
  }
}
