/** An old copy of the database is put back: nothing is signed that would give readers two histories. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { sql } from "kysely";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { type Database, openDatabase } from "../../src/database/open.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { systemClock } from "../../src/foundation/clock.ts";
import { createLogger } from "../../src/foundation/logger.ts";
import { recordLetter } from "../../src/letters/record-letter.ts";
import { LogRewound, openHighWater } from "../../src/transparency/high-water.ts";
import { sequenceAll } from "../../src/transparency/sequencer.ts";
import { openSiteLog } from "../../src/transparency/site-log.ts";
import { logSigner, startTestApp, type TestApp } from "../support/app.ts";
import { setUp, type Visitor } from "../support/desk.ts";
import { freePort } from "../support/free-port.ts";
import { queueDeliveries } from "../support/many-events.ts";
import { publishRevision } from "../support/revise.ts";
import { assertLogHolds } from "../support/served-log.ts";
import { endServers, startServer, tryServer } from "../support/server.ts";
import { openLetter } from "../support/signing.ts";

describe("a server that is started on an old copy", () => {
  let folder: string;
  let env: Record<string, string>;
  const at = (name: string) => join(folder, name);
  /** With owners and modes, as a backup does it. */
  const copy = (from: string, to: string) => promisify(execFile)("cp", ["-a", from, to]);
  /** The parts of DATA_DIR that are exchanged. */
  const data = () => at("data/postgres");
  const highWater = () => at("data/log-high-water");

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "undersigned-rewound-"));
    await chmod(folder, 0o711);
    env = { DATA_DIR: at("data"), PORT: String(await freePort()) };
  });
  after(async () => {
    await endServers();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs a server, lets something happen, and waits until readers have been given it. @returns the log's size */
  async function run(happen: (db: Database) => Promise<unknown>): Promise<number> {
    const server = await startServer(env);
    const database = await openDatabase(readConfig(env), createLogger("silent"), { beside: true });
    await happen(database.db);
    for (;;) {
      const waits = await database.db.selectFrom("log_queue").select("id").execute();
      const state = database.db.selectFrom("log_state").select(["size", "published"]);
      const { size, published } = await state.executeTakeFirstOrThrow();
      const answer = await fetch(`${server.url}/log/checkpoint`, { headers: { connection: "close" } });
      const note = await answer.text();
      if (waits.length === 0 && note === published) {
        await database.close();
        assert.equal(await server.end("SIGTERM"), 0);
        return size;
      }
      await sleep(20);
    }
  }

  const revise = (title: string) => async (db: Database) => {
    const { id } = await db
      .selectFrom("letter")
      .select("id")
      .where("slug", "=", "rewound")
      .executeTakeFirstOrThrow();
    const made = await publishRevision(db, systemClock, id, [
      { language: "en", title, summary: "", body: "Dear all." },
    ]);
    assert.ok("revision" in made);
  };

  async function refused(): Promise<string> {
    const started = await tryServer(env);
    assert.ok("code" in started, "the server refuses to start");
    assert.equal(started.code, 1);
    await assert.rejects(stat(join(data(), "postmaster.pid")), "and its PostgreSQL has ended with it");
    return started.output;
  }

  test("refuses, with what has happened and what to do; and goes on once the right one is back", async () => {
    const old = await run((db) =>
      inTransaction(db, (trx) => recordLetter(trx, systemClock, { ...openLetter, slug: "rewound" })),
    );
    await copy(data(), at("old"));
    const seen = await run(revise("Second"));
    assert.equal(seen, old + 1);
    await rename(data(), at("right"));
    await copy(at("old"), data());
    const output = await refused();
    assert.match(
      output,
      new RegExp(
        `The log will not be signed: the database holds ${old} entries, but a log of ${seen} has been published\\.`,
      ),
    );
    assert.match(output, /What to do: put back a copy of the database that holds at least/);

    // On a machine that knows nothing the old copy is written to: as many entries as were published, and others.
    await rename(highWater(), at("high-water"));
    assert.equal(await run(revise("Another second")), seen);
    await rm(highWater(), { recursive: true });
    await rename(at("high-water"), highWater());
    assert.match(
      await refused(),
      new RegExp(`its first ${seen} entries are not those that have been published`),
    );

    // And more than were published.
    await rename(highWater(), at("high-water"));
    assert.equal(await run(revise("Another third")), seen + 1);
    await rm(highWater(), { recursive: true });
    await rename(at("high-water"), highWater());
    assert.match(
      await refused(),
      new RegExp(`its first ${seen} entries are not those that have been published`),
    );

    await rm(data(), { recursive: true });
    await rename(at("right"), data());
    assert.equal(await run(revise("Third")), seen + 1);
  });

  test("refuses an empty database, too", async () => {
    await rename(data(), at("lost"));
    assert.match(await refused(), /the database holds 0 entries, but a log of \d+ has been published/);
    await rm(data(), { recursive: true });
    await rename(at("lost"), data());
    await run(revise("Fourth"));
  });
});

describe("a server whose database is put back while it runs", () => {
  let app: TestApp;
  let letter: string;
  let owner: Visitor;
  /** In the order in which they refer to each other. */
  const tables = [
    "log_letter",
    "log_signature",
    "log_bundle",
    "log_tile",
    "log_revision",
    "log_removal",
    "log_state",
  ];

  before(async () => {
    app = await startTestApp();
    owner = await setUp(app);
    letter = (await app.letter({ ...openLetter })).id;
    await queueDeliveries(app.db, letter, 300);
    await assertLogHolds(app);
    await sql`create schema old`.execute(app.db);
    for (const table of tables)
      await sql`create table ${sql.table(`old.${table}`)} as select * from ${sql.table(table)}`.execute(
        app.db,
      );
    await queueDeliveries(app.db, letter, 300);
    await assertLogHolds(app);
    // As pg_restore --clean would, under the feet of everybody.
    await inTransaction(app.db, async (trx) => {
      for (const table of tables.toReversed()) await sql`delete from ${sql.table(table)}`.execute(trx);
      for (const table of tables)
        await sql`insert into ${sql.table(table)} select * from ${sql.table(`old.${table}`)}`.execute(trx);
    });
  });
  after(() => app.close());

  /** Asks without sequencing first. */
  const ask = async (path: string, cookie = "") =>
    createApp(app.deps).fetch(new Request(`http://localhost${path}`, { headers: { cookie } }));
  const deskLog = async () => {
    const cookie = Array.from(owner.cookies, ([key, value]) => `${key}=${value}`).join("; ");
    return {
      home: await (await ask("/desk", cookie)).text(),
      log: await (await ask("/desk/log", cookie)).text(),
    };
  };

  test("lets nothing out, is not ready, and signs nothing", async () => {
    assert.equal((await ask("/log/checkpoint")).status, 500);
    const readyz = await ask("/readyz");
    assert.equal(readyz.status, 503);
    assert.equal(
      await readyz.text(),
      "not ready\nlog: not signed, the database is not the one that readers were shown\n",
    );
    assert.equal((await ask("/healthz")).status, 200);
    const told = await deskLog();
    assert.match(told.home, /href="\/desk\/log">database that is not the one readers were shown</);
    assert.match(told.log, /Put back the newest[\s\S]*undersigned log key --help/);
    await queueDeliveries(app.db, letter, 1);
    await assert.rejects(app.sequence(), LogRewound);
    const { size } = await app.db.selectFrom("log_state").select("size").executeTakeFirstOrThrow();
    assert.equal(size, 301);
  });

  test("nor when another node, which knew of nothing, has gone on from there beyond what was published", async () => {
    const highWater = await openHighWater(
      join(await mkdtemp(join(tmpdir(), "undersigned-rewound-")), "high-water"),
      logSigner.key.name,
    );
    const other = await openSiteLog(app.db, logSigner, highWater);
    await queueDeliveries(app.db, letter, 400);
    assert.equal(await sequenceAll(app.db, other), 401);
    assert.equal((await other.published()).checkpoint.size, 702);
    await assert.rejects(
      app.deps.siteLog.published(),
      /its first 601 entries are not those that have been published/,
    );
    assert.equal((await ask("/readyz")).status, 503);
    await queueDeliveries(app.db, letter, 1);
    await assert.rejects(app.sequence(), LogRewound);
  });
});
