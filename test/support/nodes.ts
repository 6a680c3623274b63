/** Nodes that share a database and the log's key, each a real server with a DATA_DIR of its own. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { makeLogKey } from "../../src/ops/log-key.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { parseSigningKey } from "../../src/transparency/signing-key.ts";
import type { VerifierKey } from "../../src/transparency/verifier-key.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { endServers, type Server, startServer } from "./server.ts";

export interface Nodes {
  readonly database: TestDatabase;
  readonly key: VerifierKey;
  /** Starts the node of a name. */
  start(name: string): Promise<Server>;
  /** The PostgreSQL process of the connection that writes the log; waits until it is another than the one given. */
  writer(other?: number): Promise<number>;
  /** Waits until so many nodes write, or wait for their turn. */
  present(count: number): Promise<void>;
  /** Waits until a node serves everything that has happened. @returns the checkpoint that it serves then */
  settled(server: Server): Promise<string>;
  close(): Promise<void>;
}

/** Makes their database. */
export async function makeNodes(): Promise<Nodes> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-nodes-"));
  const database = await createTestDatabase();
  const { db } = database;
  const LOG_KEY = await makeLogKey("letters.example/log");
  const signer = await parseSigningKey(nodeSha256, LOG_KEY);
  assert.ok(!("problem" in signer));
  const { host, port, user, database: name } = database.connection;
  const DATABASE_URL = `postgresql://${user}@localhost/${name}?host=${encodeURIComponent(host!)}&port=${port}`;
  const SECRET_KEY = "a key for tests that is long enough to be taken";

  /** The connections of the nodes' sequencers; which of them holds the lock, by one look at all locks. */
  async function writers(): Promise<{ count: number; holder: number | undefined }> {
    const { rows } = await sql<{ pid: number; holds: boolean }>`
      with held as materialized (select pid from pg_locks where locktype = 'advisory' and granted)
      select pid, pid in (select pid from held) as holds
      from pg_stat_activity where application_name = 'undersigned log' and datname = current_database()`.execute(
      db,
    );
    const holders = rows.filter(({ holds }) => holds);
    assert.ok(holders.length <= 1, "one writer at most");
    return { count: rows.length, holder: holders[0]?.pid };
  }

  return {
    database,
    key: signer.key,
    start: (node) => startServer({ DATABASE_URL, LOG_KEY, SECRET_KEY, DATA_DIR: join(folder, node) }),
    async writer(other) {
      for (;;) {
        const { holder } = await writers();
        if (holder !== undefined && holder !== other) return holder;
        await sleep(20);
      }
    },
    async present(count) {
      while ((await writers()).count < count) await sleep(20);
    },
    async settled(server) {
      for (;;) {
        const waiting = await db.selectFrom("log_queue").select("id").limit(1).execute();
        const { published } = await db.selectFrom("log_state").select("published").executeTakeFirstOrThrow();
        const answer = await fetch(`${server.url}/log/checkpoint`, { headers: { connection: "close" } });
        const note = await answer.text();
        if (waiting.length === 0 && note === published) return note;
        await sleep(20);
      }
    },
    async close() {
      await endServers();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
