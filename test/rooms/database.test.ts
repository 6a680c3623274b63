import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { describeSchema, schemaFile } from "../../scripts/generate-schema.ts";
import { isMigrated, migrate, readMigrations } from "../../src/database/migrate.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
});
after(() => database.drop());

test("the table types are those of the migrated database (npm run schema)", async () => {
  assert.equal(await describeSchema(database.db), await readFile(schemaFile, "utf8"));
});

test("no index stands at the beginning of another: it would be written with every row, and answer nothing more", async () => {
  const { rows } = await sql<{ shorter: string; longer: string }>`
    with known as (
      select x.indexrelid::regclass::text as name, x.indrelid, c.relam, x.indisunique as is_unique,
        coalesce(pg_get_expr(x.indpred, x.indrelid), '') as only,
        array(select pg_get_indexdef(x.indexrelid, at, true) || ' ' || (x.indoption[at - 1]::int & 1)
              from generate_series(1, x.indnkeyatts) at order by at) as keys
      from pg_index x join pg_class c on c.oid = x.indexrelid where c.relnamespace = 'public'::regnamespace)
    select a.name as shorter, b.name as longer
    from known a join known b on a.indrelid = b.indrelid and a.relam = b.relam and a.only = b.only and a.name <> b.name
    where not a.is_unique and a.keys = b.keys[1:cardinality(a.keys)]`.execute(database.db);
  assert.deepEqual(rows, []);
});

describe("values", () => {
  test("arrive as the types say", async () => {
    const { rows } = await sql`select 9007199254740991::bigint as count, array[1, null]::bigint[] as counts,
      date '2024-02-29' as day, '17'::xid8 as change, '\\x00ff'::bytea as bytes, timestamptz '2024-02-29 10:00Z' as at`.execute(
      database.db,
    );
    assert.deepEqual(rows[0], {
      count: Number.MAX_SAFE_INTEGER,
      counts: [1, null],
      day: "2024-02-29",
      change: "17",
      bytes: Buffer.from([0, 255]),
      at: new Date("2024-02-29T10:00:00Z"),
    });
  });

  test("a bigint that no number holds exactly is refused, not rounded", async () => {
    await assert.rejects(sql`select 9007199254740993::bigint`.execute(database.db), /does not fit/);
  });

  test("text is searched and compared in any script", async () => {
    const { rows } = await sql<{ words: number; alike: number }>`
      select length(to_tsvector('simple', 'تشفير Écoute шифр')) as words, similarity('تشفير', 'تشفير') as alike`.execute(
      database.db,
    );
    assert.deepEqual(rows[0], { words: 3, alike: 1 });
  });
});

describe("a transaction", () => {
  test("keeps nothing when its work throws", async () => {
    const work = inTransaction(database.db, async (trx) => {
      await trx.insertInto("site").values({ name: "a", heading: "b", tagline: "c" }).execute();
      throw new Error("no");
    });
    await assert.rejects(work, /^Error: no$/);
    assert.deepEqual(await database.db.selectFrom("site").selectAll().execute(), []);
  });
});

describe("migrations", () => {
  const next = { number: 9999, name: "9999_next.sql", text: "create table next (n int)", checksum: "a" };

  test("are applied once, in order, and known as applied", async () => {
    const own = await createTestDatabase();
    try {
      const files = await readMigrations();
      assert.deepEqual(await migrate(own), []);
      assert.equal(await isMigrated(own.db), true);
      assert.deepEqual(await migrate(own, [...files, next]), ["9999_next.sql"]);
      assert.deepEqual(await migrate(own, [...files, next]), []);
      await sql`select n from next`.execute(own.db);
    } finally {
      await own.drop();
    }
  });

  test("by several nodes at the same moment happen once", async () => {
    const own = await createTestDatabase();
    try {
      const files = [...(await readMigrations()), next];
      const applied = await Promise.all([1, 2, 3].map(() => migrate(own, files)));
      assert.deepEqual(applied.flat(), ["9999_next.sql"]);
    } finally {
      await own.drop();
    }
  });

  test("that fail leave nothing behind, and name the file", async () => {
    const files = await readMigrations();
    const broken = { ...next, text: "create table next (n int); select 1/0" };
    await assert.rejects(migrate(database, [...files, broken]), /9999_next\.sql failed: division by zero/);
    const { rows } = await sql`select to_regclass('next') as next`.execute(database.db);
    assert.deepEqual(rows, [{ next: null }]);
  });

  test("an applied file that was edited is refused by its name", async () => {
    const [first, ...others] = await readMigrations();
    const edited = { ...first!, checksum: "0".repeat(64) };
    await assert.rejects(migrate(database, [edited, ...others]), /0001_letters\.sql was edited/);
  });

  test("a database that is newer than the release is refused", async () => {
    const files = await readMigrations();
    await assert.rejects(migrate(database, files.slice(0, -1)), /newer than this release/);
  });

  test("a release with a migration to come is not ready", async () => {
    const own = await createTestDatabase();
    try {
      await sql`delete from migration where number = (select max(number) from migration)`.execute(own.db);
      assert.equal(await isMigrated(own.db), false);
    } finally {
      await own.drop();
    }
  });
});
