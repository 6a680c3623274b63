/** What happens to the server and its PostgreSQL from start to end, when either is killed, and when two meet. */
import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { Agent, get } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import pg from "pg";
import { embeddedConnection, openDatabase } from "../../src/database/open.ts";
import { openPool } from "../../src/database/pool.ts";
import { createLogger } from "../../src/foundation/logger.ts";
import { createTestDatabase } from "../support/database.ts";
import { endServers, startServer, tryServer } from "../support/server.ts";

let folder: string;
let count = 0;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-life-"));
  await chmod(folder, 0o711);
});
after(async () => {
  await endServers();
  await rm(folder, { recursive: true });
});

/** A data folder that nobody has used. */
function newDataDir(): string {
  count++;
  return join(folder, `data${count}`);
}

async function query(dataDir: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(embeddedConnection(join(dataDir, "socket")));
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function postgresPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8")).split("\n")[0]);
}

/** Whether a process is at work: it exists, and is not one that has ended and is kept for its parent to ask after. */
async function isAtWork(pid: number): Promise<boolean> {
  const facts = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "State: X");
  return !/^State:\s*[ZX]/m.test(facts);
}

async function status(url: string): Promise<number> {
  // A connection of its own: one that is kept may be ended by the server at the very moment of the next request.
  const response = await fetch(url, { headers: { connection: "close" } });
  await response.arrayBuffer();
  return response.status;
}

/** Waits until an answer is what it should become. A test that waits in vain ends by the run's own limit. */
async function until(url: string, wanted: number): Promise<void> {
  while ((await status(url)) !== wanted) await sleep(10);
}

/** All that a server says that nobody owns yet, and that has nothing to complain about. */
const greeting = (url: string) =>
  new RegExp(
    `^Undersigned is at ${url}\\nNobody owns this site yet\\. [^\\n]+:\\n {2}http://localhost:\\d+/desk/invitations/[\\w-]{43}\\n$`,
  );

describe("a server with its own PostgreSQL", () => {
  test("is alive and ready, durable, and reachable by nobody else", async () => {
    const dataDir = newDataDir();
    const server = await startServer({ DATA_DIR: dataDir });
    assert.equal(await status(`${server.url}/healthz`), 200);
    await until(`${server.url}/readyz`, 200);
    const [settings] = await query(
      dataDir,
      `select current_setting('listen_addresses') as tcp, current_setting('fsync') as fsync,
         current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as pages,
         current_setting('server_encoding') as encoding,
         (select rolsuper from pg_roles where rolname = current_user) as superuser`,
    );
    assert.deepEqual(settings, {
      tcp: "",
      fsync: "on",
      commit: "on",
      pages: "on",
      encoding: "UTF8",
      superuser: false,
    });
    for (const closed of ["socket", "postgres"])
      assert.equal((await stat(join(dataDir, closed))).mode & 0o777, 0o700);
    assert.equal(await server.end("SIGTERM"), 0);
    assert.match(server.output(), greeting(server.url));
  });

  test("ends with 0 on SIGTERM, after the answers under way, and with its PostgreSQL", async () => {
    const dataDir = newDataDir();
    const server = await startServer({ DATA_DIR: dataDir });
    const pid = await postgresPid(dataDir);
    // An idle connection that is kept alive does not hold it up.
    const idle = new Agent({ keepAlive: true });
    await new Promise((resolve) =>
      get(`${server.url}/healthz`, { agent: idle }, (response) => response.resume().once("end", resolve)),
    );
    const lock = new pg.Client(embeddedConnection(join(dataDir, "socket")));
    await lock.connect();
    await lock.query("begin; lock table site");
    await sleep(600); // The pages' last look at the database is trusted for half a second.
    const answer = fetch(`${server.url}/`);
    while ((await query(dataDir, "select from pg_stat_activity where wait_event_type = 'Lock'")).length === 0)
      await sleep(10);

    const ended = server.end("SIGTERM");
    await assert.rejects(async () => {
      for (;;) await status(`${server.url}/healthz`);
    });
    await lock.query("rollback");
    await lock.end();
    const response = await answer;
    assert.equal(response.status, 200);
    assert.match(await response.text(), /<\/html>/);
    assert.equal(await ended, 0);
    assert.equal(await isAtWork(pid), false);
    assert.match(server.output(), greeting(server.url));
    idle.destroy();
  });

  test("ends so, too, when npm that started it is told to", async () => {
    const dataDir = newDataDir();
    // --silent: npm itself says nothing then.
    const server = await tryServer({ DATA_DIR: dataDir }, ["npm", "--silent", "start"]);
    assert.ok("url" in server);
    const pid = await postgresPid(dataDir);
    assert.equal(await server.end("SIGTERM"), 0);
    assert.equal(await isAtWork(pid), false);
    assert.match(server.output(), greeting(server.url));
  });

  test("refuses a second one on the same folder in one line, and goes on", async () => {
    const dataDir = newDataDir();
    const server = await startServer({ DATA_DIR: dataDir });
    const second = await tryServer({ DATA_DIR: dataDir });
    assert.ok("code" in second);
    assert.equal(second.code, 1);
    assert.match(second.output, /^Another Undersigned is running on [^\n]+\n$/);
    await until(`${server.url}/readyz`, 200);

    const beside = await openDatabase({ dataDir }, createLogger("silent"), { beside: true });
    assert.equal((await beside.db.selectFrom("site").selectAll().execute()).length, 1);
    await beside.close();
    await until(`${server.url}/readyz`, 200);
    await server.end("SIGTERM");
  });

  test("of two that start at the same moment, one serves", async () => {
    const dataDir = newDataDir();
    const both = await Promise.all([tryServer({ DATA_DIR: dataDir }), tryServer({ DATA_DIR: dataDir })]);
    const [server, ...others] = both.filter((one) => "url" in one);
    assert.ok(server);
    assert.deepEqual(others, []);
    await until(`${server.url}/readyz`, 200);
    assert.equal(await server.end("SIGTERM"), 0);
  });
});

describe("nothing that was committed is lost", () => {
  test("when the server is killed: the next one ends the PostgreSQL it left, and goes on", async () => {
    const dataDir = newDataDir();
    const killed = await startServer({ DATA_DIR: dataDir });
    await query(dataDir, "create table kept as select 1 as n");
    const left = await postgresPid(dataDir);
    assert.equal(await killed.end("SIGKILL"), "SIGKILL");
    assert.equal(await isAtWork(left), true);

    const next = await startServer({ DATA_DIR: dataDir });
    assert.equal(await isAtWork(left), false);
    assert.deepEqual(await query(dataDir, "select n from kept"), [{ n: 1 }]);
    assert.equal(await next.end("SIGTERM"), 0);
  });

  test("when PostgreSQL is killed: the server is alive but not ready until it has brought it up again", async () => {
    const dataDir = newDataDir();
    const server = await startServer({ DATA_DIR: dataDir });
    await query(dataDir, "create table kept as select 1 as n");
    const killed = await postgresPid(dataDir);
    // It stops answering first, for the moment in which it is down is short.
    const last = new pg.Client(embeddedConnection(join(dataDir, "socket")));
    last.on("error", () => undefined);
    await last.connect();
    process.kill(killed, "SIGSTOP");
    await last.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = user and pid <> pg_backend_pid()",
    );
    await until(`${server.url}/readyz`, 503);
    process.kill(killed, "SIGKILL");
    assert.equal(await status(`${server.url}/healthz`), 200);
    await until(`${server.url}/readyz`, 200);
    assert.notEqual(await postgresPid(dataDir), killed);
    assert.deepEqual(await query(dataDir, "select n from kept"), [{ n: 1 }]);
    assert.match(server.output(), /PostgreSQL died; starting it again/);
    assert.equal(await server.end("SIGTERM"), 0);
  });

  test("when both are killed, and another program has got the number of the process since", async () => {
    const dataDir = newDataDir();
    const killed = await startServer({ DATA_DIR: dataDir });
    await query(dataDir, "create table kept as select 1 as n");
    const pid = await postgresPid(dataDir);
    await killed.end("SIGKILL");
    process.kill(pid, "SIGKILL");
    const pidFile = join(dataDir, "postgres/postmaster.pid");
    const lines = (await readFile(pidFile, "utf8")).split("\n");
    await writeFile(pidFile, [process.pid, ...lines.slice(1)].join("\n"));

    const next = await startServer({ DATA_DIR: dataDir });
    assert.deepEqual(await query(dataDir, "select n from kept"), [{ n: 1 }]);
    assert.equal(await next.end("SIGTERM"), 0);
  });

  test("when both are killed, however long the processes that PostgreSQL leaves take to end", async () => {
    const dataDir = newDataDir();
    const killed = await startServer({ DATA_DIR: dataDir });
    await query(dataDir, "create table kept as select 1 as n");
    const last = new pg.Client(embeddedConnection(join(dataDir, "socket")));
    last.on("error", () => undefined);
    await last.connect();
    const { rows } = await last.query<{ pid: number }>("select pg_backend_pid() as pid");
    const { pid } = rows[0]!;
    const postgres = await postgresPid(dataDir);
    process.kill(pid, "SIGSTOP");
    await killed.end("SIGKILL");
    process.kill(postgres, "SIGKILL");

    const starting = tryServer({ DATA_DIR: dataDir });
    const early = await Promise.race([starting, sleep(8_000)]);
    process.kill(pid, "SIGCONT");
    assert.equal(early, undefined, "it waits");
    const next = await starting;
    assert.ok("url" in next, JSON.stringify(next));
    assert.deepEqual(await query(dataDir, "select n from kept"), [{ n: 1 }]);
    assert.equal(await next.end("SIGTERM"), 0);
  });

  test("and nothing is written through a link that PostgreSQL's account laid in its own folder", async () => {
    const dataDir = newDataDir();
    await (await startServer({ DATA_DIR: dataDir })).end("SIGTERM");
    const elsewhere = join(folder, "elsewhere");
    await writeFile(elsewhere, "not yours\n");
    const { uid } = await stat(elsewhere);
    const link = join(dataDir, "postgres/pg_hba.conf");
    await rm(link);
    await symlink(elsewhere, link);
    await (await startServer({ DATA_DIR: dataDir })).end("SIGTERM");
    assert.equal(await readFile(elsewhere, "utf8"), "not yours\n");
    assert.equal((await stat(elsewhere)).uid, uid);
  });

  test("and a cluster that was only half made is made anew", async () => {
    const dataDir = newDataDir();
    await mkdir(join(dataDir, "postgres.new-999999999/base"), { recursive: true });
    const server = await startServer({ DATA_DIR: dataDir });
    assert.equal(await server.end("SIGTERM"), 0);
    assert.deepEqual((await readdir(dataDir)).sort(), [
      "log-high-water",
      "log-key",
      "postgres",
      "secret-key",
    ]);
  });
});

describe("when something fails that nobody waited for", () => {
  test("the server goes on when it was a connection cut while the end of a job was noted, and does the job again", async () => {
    const dataDir = newDataDir();
    const server = await startServer({ DATA_DIR: dataDir });
    const [job, noting] = await Promise.all(
      ["lock table letter", "lock table graphile_worker._private_jobs in exclusive mode"].map(
        async (lock) => {
          const client = new pg.Client(embeddedConnection(join(dataDir, "socket")));
          await client.connect();
          return { client, lock };
        },
      ),
    );
    const waiting = (statement: string) =>
      query(
        dataDir,
        `select from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%${statement}%' and pid <> pg_backend_pid()`,
      );
    await job!.client.query(`begin; ${job!.lock}`);
    await query(dataDir, "select graphile_worker.add_job('close-letters')");
    while ((await waiting("from letter where state")).length === 0) await sleep(10);
    await noting!.client.query(`begin; ${noting!.lock}`);
    await job!.client.query("rollback");
    while ((await waiting("delete from%_private_jobs")).length === 0) await sleep(10);
    // Every connection of the queue, for any of them may be the one.
    await query(
      dataDir,
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'undersigned jobs'",
    );
    while (!/queue: Failed to complete jobs/.test(server.output())) await sleep(10);
    await noting!.client.query("rollback");
    for (const { client } of [job!, noting!]) await client.end();

    // The worker begins again, and frees the job at once.
    while ((await query(dataDir, "select from graphile_worker.jobs")).length > 0) await sleep(10);
    await until(`${server.url}/readyz`, 200);
    assert.equal(await server.end("SIGTERM"), 0);
  });

  for (const [what, code] of [
    ["a promise", "Promise.reject(new Error('broken'))"],
    ["an event", "queueMicrotask(() => { throw new Error('broken'); })"],
  ] as const)
    test(`the server ends when it was ${what} that no one foresaw, and its PostgreSQL with it`, async () => {
      const dataDir = newDataDir();
      const fault = encodeURIComponent(`process.on('SIGUSR2', () => { ${code}; })`);
      const server = await startServer({
        DATA_DIR: dataDir,
        NODE_OPTIONS: `--import=data:text/javascript,${fault}`,
      });
      const postgres = await postgresPid(dataDir);
      assert.equal(await server.end("SIGUSR2"), 1);
      assert.match(
        server.output(),
        /"level":"fatal"[^\n]*broken[^\n]*the server ends: something is broken in it/,
      );
      while (await isAtWork(postgres)) await sleep(10);
    });

  test("a transaction whose connection is lost between two queries fails alone", async () => {
    const database = await createTestDatabase();
    const cut = database.db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await sql`select pg_terminate_backend(${rows[0]!.pid}, 300000)`.execute(database.db);
      await sleep(50); // The loss arrives while nothing is asked of the connection.
      await sql`select 1`.execute(trx);
    });
    await assert.rejects(cut, /connection error/);
    await sql`select 1`.execute(database.db);
    await database.drop();
  });
});

describe("a database that is closed", () => {
  test("has no connection left, so that PostgreSQL can be stopped in silence", async () => {
    const database = await createTestDatabase();
    const log = createLogger("silent");
    for (let round = 0; round < 10; round++) {
      const { pool, close } = openPool({ ...database.connection, application_name: "closing" }, log);
      await Promise.all(Array.from({ length: 8 }, () => pool.query("select pg_sleep(0.02)")));
      await close(300_000);
      const { rows } = await sql`select from pg_stat_activity where application_name = 'closing'`.execute(
        database.db,
      );
      assert.equal(rows.length, 0);
    }
    await database.drop();
  });
});

describe("wherever the data lies", () => {
  test("in a folder with a blank, a comma and quotation marks", async () => {
    const dataDir = join(folder, `a "data", folder's`);
    const server = await startServer({ DATA_DIR: dataDir });
    await until(`${server.url}/readyz`, 200);
    assert.equal(await server.end("SIGTERM"), 0);
  });

  test("below a path that is too long for a socket, where two servers still meet", async () => {
    const dataDir = join(folder, "long".repeat(30));
    const server = await startServer({ DATA_DIR: dataDir });
    await until(`${server.url}/readyz`, 200);
    const second = await tryServer({ DATA_DIR: dataDir });
    assert.match("output" in second ? String(second.output) : "", /^Another Undersigned is running/);
    assert.equal(await server.end("SIGTERM"), 0);
  });

  test("below a folder that only root may enter, when root starts the server; PostgreSQL is not root", {
    skip: process.getuid?.() !== 0 && "only root can try this",
  }, async () => {
    const closed = join(folder, "closed");
    await mkdir(closed, { mode: 0o700 });
    const dataDir = join(closed, "data");
    const server = await startServer({ DATA_DIR: dataDir });
    await until(`${server.url}/readyz`, 200);
    const facts = await readFile(`/proc/${await postgresPid(dataDir)}/status`, "utf8");
    assert.doesNotMatch(facts, /^Uid:.*\b0\b/m);
    // Of all capabilities at most passing closed folders and reading (bit 2), or overriding permissions (bit 1).
    assert.match(facts, /^CapEff:\s*0+[24]$/m);
    assert.equal(await server.end("SIGTERM"), 0);
  });
});

describe("a PostgreSQL of one's own", () => {
  test("is used when DATABASE_URL names it, and none is started", async () => {
    const database = await createTestDatabase();
    const { host, database: name, user } = database.connection;
    const dataDir = newDataDir();
    const url = `postgresql:///${name}?host=${encodeURIComponent(host!)}&user=${user}`;
    const servers = await Promise.all(
      [1, 2].map(() => startServer({ DATA_DIR: dataDir, DATABASE_URL: url })),
    );
    for (const server of servers) await until(`${server.url}/readyz`, 200);
    assert.deepEqual(await readdir(dataDir), ["log-high-water", "log-key", "secret-key"]);
    for (const server of servers) assert.equal(await server.end("SIGTERM"), 0);
    await database.drop();
  });

  test("that is not there is named in one line, without its password", async () => {
    const url = "postgresql://ada:lovelace@127.0.0.1:1/letters";
    const refused = await tryServer({ DATA_DIR: newDataDir(), DATABASE_URL: url });
    assert.ok("code" in refused);
    assert.equal(refused.code, 1);
    assert.match(refused.output, /^The database cannot be reached: [^\n]+\n$/);
    assert.doesNotMatch(refused.output, /lovelace/);
  });
});

describe("a start that is refused", () => {
  test("by a wrong value says so in one line", async () => {
    const refused = await tryServer({ DATA_DIR: newDataDir(), PORT: "http" });
    assert.deepEqual(refused, {
      code: 1,
      output: "PORT takes a port, a whole number from 0 to 65535; 0 means any free one.\n",
    });
  });

  test("by a DATA_DIR that is no folder says so in one line", async () => {
    const dataDir = newDataDir();
    await writeFile(dataDir, "");
    for (const secret of [{}, { SECRET_KEY: "x".repeat(32) }]) {
      const refused = await tryServer({ DATA_DIR: dataDir, ...secret });
      assert.deepEqual(refused, {
        code: 1,
        output: `DATA_DIR takes a folder that the server may write to; ${dataDir} cannot be used (EEXIST).\n`,
      });
    }
  });

  test("by a port that is in use says so in one line, before a database is made", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    const { port } = await new Promise<{ port: number }>((resolve) =>
      other.once("listening", () => resolve(other.address() as { port: number })),
    );
    const dataDir = newDataDir();
    const refused = await tryServer({ DATA_DIR: dataDir, PORT: String(port) });
    other.close();
    assert.deepEqual(refused, {
      code: 1,
      output: `PORT ${port} on 127.0.0.1 is in use by another program.\n`,
    });
    await assert.rejects(stat(dataDir), { code: "ENOENT" });
  });

  test("by a database of another major version says which", async () => {
    const dataDir = newDataDir();
    await mkdir(join(dataDir, "postgres"), { recursive: true });
    await writeFile(join(dataDir, "postgres/PG_VERSION"), "17\n");
    const refused = await tryServer({ DATA_DIR: dataDir });
    assert.ok("code" in refused);
    assert.match(refused.output, /^The database in [^\n]+ was made by PostgreSQL 17; this is 18\.[^\n]+\n$/);
  });
});
