/**
 * One server, one data folder. Whoever uses the embedded PostgreSQL holds an advisory lock in it, by a connection that
 * lasts as long as the process: it ends when the process ends, however it ends, so there is no stale lock. What is
 * found running without anybody holding the lock is an orphan of a server that was killed, and is stopped cleanly.
 */
import { readFile, readlink, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { isAlive, port } from "./embedded-cluster.ts";

/** Any number will do; the lock lies in the database postgres, where nothing else takes locks. */
const lockNumber = 1_970_169_700;

/** Longest wait for a PostgreSQL that starts, recovers or stops, in milliseconds. */
const patience = 60_000;

/** A connection that is the lock. */
export interface Guard {
  readonly client: pg.Client;
  /** Resolves when the connection is lost or ended. */
  readonly ended: Promise<void>;
}

/** The folder is used by a server that lives. */
export class InUse extends Error {
  readonly socket: string;
  constructor(dataDir: string, socket: string) {
    super(
      `Another Undersigned is running on ${dataDir}. Stop it first, or set DATA_DIR to another folder ` +
        "(several servers can share a PostgreSQL named by DATABASE_URL).",
    );
    this.socket = socket;
  }
}

/**
 * Connects and takes the lock.
 * @throws InUse when somebody holds it; the error of pg when there is no connection
 */
export async function takeGuard(dataDir: string, socket: string): Promise<Guard> {
  const client = new pg.Client({
    host: socket,
    port,
    user: "postgres",
    database: "postgres",
    password: "",
    ssl: false,
    application_name: "undersigned guard",
  });
  const ended = new Promise<void>((resolve) => {
    client.on("error", () => undefined);
    client.on("end", resolve);
  });
  await client.connect();
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
    lockNumber,
  ]);
  if (rows[0]?.taken) return { client, ended };
  await client.end();
  throw new InUse(dataDir, socket);
}

/**
 * Makes way for a start: stops an orphan, and clears a postmaster.pid whose number now belongs to another program.
 * @throws InUse when a server lives
 */
export async function clearWay(dataDir: string, cluster: string): Promise<void> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const left = await readPidFile(cluster);
    if (!left) return;
    const outcome = left.socket ? await reach(dataDir, cluster, left.socket) : "silent";
    if (outcome !== "silent" && outcome !== "waking") {
      process.kill(left.pid, "SIGINT");
      await waitUntilGone(cluster, left.pid, deadline);
      await outcome.client.end().catch(() => undefined);
      return;
    }
    const ours = await isOurs(left.pid, cluster);
    if (ours === false) {
      // Nobody listens and the number is not a PostgreSQL in this folder. Were there still one at work under another
      // number, the shared memory it holds would stop the start (PostgreSQL keys it by the folder).
      if (isAlive(left.pid)) await clearPidFiles(cluster, left);
      return;
    }
    if (ours === undefined && outcome === "silent") return;
    await sleep(100);
  }
  throw new Error(`A PostgreSQL in ${cluster} neither answers nor ends. Stop it, and start again.`);
}

/** Tries to take the lock of what may be running. */
async function reach(dataDir: string, cluster: string, socket: string): Promise<Guard | "silent" | "waking"> {
  try {
    const guard = await takeGuard(dataDir, socket);
    const { rows } = await guard.client.query<{ data_directory: string }>("show data_directory");
    if ((await realpath(rows[0]!.data_directory).catch(() => "")) === cluster) return guard;
    await guard.client.end();
    return "silent";
  } catch (error) {
    const code = (error as { code?: string }).code;
    // cannot_connect_now: it starts, recovers or stops. 28000: it runs for another user of this machine.
    if (code === "57P03") return "waking";
    if (error instanceof InUse) throw error;
    if (code === "28000") throw new InUse(dataDir, socket);
    return "silent";
  }
}

/** postmaster.pid: the process, the folder, the start, the port, the folder of the socket, …, the state, a line each. */
export async function readPidFile(
  cluster: string,
): Promise<{ pid: number; socket: string; ready: boolean } | undefined> {
  const lines = (await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, socket: lines[4] ?? "", ready: lines[7]?.trim() === "ready" } : undefined;
}

/** Removes the two files that name a process, which PostgreSQL would take for another of its kind. */
async function clearPidFiles(cluster: string, left: { pid: number; socket: string }): Promise<void> {
  // Unless another start has been faster.
  if ((await readPidFile(cluster))?.pid !== left.pid) return;
  await rm(join(cluster, "postmaster.pid"), { force: true });
  if (left.socket) await rm(join(left.socket, `.s.PGSQL.${port}.lock`), { force: true });
}

/** Whether the process is a PostgreSQL at work in this cluster; undefined where the system does not tell. */
async function isOurs(pid: number, cluster: string): Promise<boolean | undefined> {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") return undefined;
  return (await readlink(`/proc/${pid}/cwd`).catch(() => "")) === cluster;
}

/**
 * The process is there for a moment after its file has gone. Where the system does not tell, the file has to do: one that
 * was killed leaves it, and its number is free.
 */
async function waitUntilGone(cluster: string, pid: number, deadline: number): Promise<void> {
  const isNamed = async () => (await readPidFile(cluster))?.pid === pid && isAlive(pid);
  while ((await isOurs(pid, cluster)) ?? (await isNamed())) {
    if (Date.now() > deadline)
      throw new Error(`The PostgreSQL left in ${cluster} (process ${pid}) does not end.`);
    await sleep(20);
  }
}
