/** Databases for tests: real, migrated, one's own, and gone afterwards. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { connectDatabase, embeddedConnection, type OpenDatabase } from "../../src/database/open.ts";
import { createLogger } from "../../src/foundation/logger.ts";

/** The variable in which test/run.ts hands the socket's folder to the test files. */
export const socketVariable = "UNDERSIGNED_TEST_SOCKET";

/** How long a connection may be waited for, in milliseconds: many may ask at once, and a machine may have much else to do. */
const patience = 300_000;

export interface TestDatabase extends OpenDatabase {
  /** Ends the connections and removes the database. */
  drop(): Promise<void>;
}

/**
 * Clones the migrated template. Call drop() in `after`.
 * @param template PostgreSQL's own `template0`, which is empty; or another test's database, to have a copy of it as it
 *   stands: its connections are ended
 */
export async function createTestDatabase(template = "undersigned"): Promise<TestDatabase> {
  const socket = await findSocket();
  const name = `test_${randomBytes(8).toString("hex")}`;
  if (template !== "undersigned")
    await asAdministrator(
      socket,
      `select pg_terminate_backend(pid, ${patience}) from pg_stat_activity where datname = '${template}'`,
    );
  await asAdministrator(socket, `create database ${name} template ${template} owner undersigned`);
  const connection = { ...embeddedConnection(socket, name), connectionTimeoutMillis: patience };
  const open = connectDatabase(connection, createLogger("silent"));
  return {
    ...open,
    async drop() {
      await open.close();
      await asAdministrator(socket, `drop database ${name} with (force)`);
    },
  };
}

/** One statement as PostgreSQL's superuser. */
async function asAdministrator(socket: string, statement: string): Promise<void> {
  const client = new pg.Client({ ...embeddedConnection(socket, "postgres"), user: "postgres" });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

let own: Promise<string> | undefined;

/** The cluster of the whole run; a file that runs alone starts one that ends with its process. */
function findSocket(): Promise<string> {
  const given = process.env[socketVariable];
  if (given) return Promise.resolve(given);
  own ??= startCluster().then((cluster) => {
    cluster.unref();
    return cluster.socket;
  });
  return own;
}

export interface TestCluster {
  readonly socket: string;
  /** Does not keep this process alive. */
  unref(): void;
  /** Stops it, and waits until its folder is removed. */
  stop(): Promise<void>;
}

/** Starts test/support/cluster.ts. */
export async function startCluster(): Promise<TestCluster> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "cluster.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const socket = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`the test database did not start (${code})`)));
  });
  return {
    socket,
    unref() {
      child.unref();
      (child.stdin as Socket).unref();
      (child.stdout as Socket).unref();
    },
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
