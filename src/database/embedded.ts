/**
 * The embedded PostgreSQL: started with the server, stopped with it, brought up again when it dies, and recovered after
 * either was killed. See decisions/0001-postgresql-only.md for the choices.
 */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../foundation/logger.ts";
import { chooseAccount } from "./embedded-account.ts";
import { findBinaries } from "./embedded-binaries.ts";
import { admit, createCluster, makeDataFolder, makeSocketFolder, port, role } from "./embedded-cluster.ts";
import { clearWay, type Guard, InUse, takeGuard } from "./embedded-guard.ts";

export interface Embedded {
  /** The folder of the socket. */
  readonly socket: string;
  /** Stops PostgreSQL cleanly. Connections should have been ended. */
  stop(): Promise<void>;
}

/** Not over TCP; durable; and modest in memory, for it shares a small machine with the server. */
const settings = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  max_connections: "100",
  shared_buffers: "64MB",
  io_method: "sync",
  timezone: "UTC",
  lc_messages: "C",
  // What a statement did wrong is told to the server that sent it; the log would quote people's data.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
  log_line_prefix: "",
};

/** How often it may die within a minute before the server gives up. */
const deathsAMinute = 5;

/** How long a clean stop may take before PostgreSQL is told to drop everything, in milliseconds. Nothing is lost then. */
const stopPatience = 5_000;

interface Running {
  readonly child: ChildProcess;
  readonly guard: Guard;
}

/**
 * Starts PostgreSQL in DATA_DIR, making the cluster when there is none.
 * @param lost called once when PostgreSQL died and cannot be brought up again
 * @throws InUse when another server uses the folder; Error in words for the operator when it cannot start
 */
export async function startEmbedded(
  folder: string,
  log: Logger,
  lost: (error: Error) => void,
): Promise<Embedded> {
  const dataDir = await makeDataFolder(folder);
  const cluster = join(dataDir, "postgres");
  const binaries = await findBinaries();
  const account = chooseAccount(cluster, [dataDir, binaries.folder, binaries.postgres, binaries.initdb]);
  await clearWay(dataDir, cluster);
  await createCluster(cluster, binaries, account);
  await admit(cluster, account);
  const socket = await makeSocketFolder(dataDir, account);
  const args = ["-D", cluster, "-p", String(port), ...settingsFor(socket)];

  let stopping = false;
  let deaths: number[] = [];
  let running = await launch();
  await createDatabase(running.guard);
  void watch();

  // When the server ends without having stopped it (a broken invariant, say), PostgreSQL ends too.
  const onExit = () => void running.child.kill("SIGINT");
  process.once("exit", onExit);

  return {
    socket,
    async stop() {
      stopping = true;
      process.removeListener("exit", onExit);
      await end(running);
      await rmdir(socket).catch(() => undefined);
    },
  };

  async function launch(): Promise<Running> {
    for (let attempt = 1; ; attempt++) {
      const child = account.spawn(binaries.postgres, args);
      const last = follow(child, log, () => stopping);
      const guard = await connect(child, dataDir, socket);
      if (guard instanceof Error) {
        await kill(child);
        throw guard;
      }
      if (guard) return { child, guard };
      // Processes of one that was killed may be at work for a moment, and hold the shared memory; or another server
      // starts at this moment, and will be found by clearWay.
      if (attempt === 20 || !last.some((line) => /shared memory|postmaster\.pid/.test(line)))
        throw new Error(
          `The database in ${cluster} did not start: ${last.join(" ") || "no reason was given"}`,
        );
      await sleep(250);
      await clearWay(dataDir, cluster);
    }
  }

  /** Waits for the end of the process or of the guard, and puts in order what ended. */
  async function watch(): Promise<void> {
    while (!stopping) {
      const { child, guard } = running;
      const exited =
        child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, "exit");
      await Promise.race([exited, guard.ended]);
      if (stopping) return;
      try {
        // The guard is lost a moment before a process that was killed is reaped, or without any death.
        await Promise.race([exited, sleep(200)]);
        if (stopping) return;
        if (child.exitCode === null && child.signalCode === null) {
          const renewed = await connect(child, dataDir, socket);
          if (renewed instanceof Error) throw renewed;
          if (renewed) running = { child, guard: renewed };
          continue;
        }
        log.error({ code: child.exitCode, signal: child.signalCode }, "PostgreSQL died; starting it again");
        deaths = [...deaths.filter((at) => at > Date.now() - 60_000), Date.now()];
        if (deaths.length > deathsAMinute)
          throw new Error(`PostgreSQL died ${deaths.length} times within a minute.`);
        await clearWay(dataDir, cluster);
        const again = await launch();
        if (stopping) return await end(again);
        running = again;
        log.warn("PostgreSQL is up again");
      } catch (error) {
        if (!stopping) lost(error as Error);
        return;
      }
    }
  }
}

function settingsFor(socket: string): string[] {
  // A list of folders: one with a comma or a blank in its name has to be quoted.
  const folders = `"${socket.replaceAll('"', '""')}"`;
  return Object.entries({ ...settings, unix_socket_directories: folders }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
}

/** Hands PostgreSQL's lines on to the log, and keeps the last ones, which say why it did not start. */
function follow(child: ChildProcess, log: Logger, stopping: () => boolean): string[] {
  const last: string[] = [];
  child.on("error", (error) => last.push(error.message));
  createInterface({ input: child.stderr! }).on("line", (line) => {
    last.push(line);
    if (last.length > 8) last.shift();
    const level = /FATAL|PANIC/.test(line) && !stopping() ? "warn" : "debug";
    log[level]({ postgres: line }, "PostgreSQL says");
  });
  return last;
}

/**
 * Connects as soon as PostgreSQL answers, however long it recovers, and takes the lock.
 * @returns undefined when the process ended instead
 */
async function connect(
  child: ChildProcess,
  dataDir: string,
  socket: string,
): Promise<Guard | InUse | undefined> {
  for (;;) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return undefined;
    try {
      return await takeGuard(dataDir, socket);
    } catch (error) {
      if (error instanceof InUse) return error;
      await sleep(20);
    }
  }
}

/** Makes the site's role and database; both are there already after the first start. */
async function createDatabase({ client }: Guard): Promise<void> {
  const { rows } = await client.query<{ role: boolean; database: boolean }>(
    "select exists (select from pg_roles where rolname = $1) as role, exists (select from pg_database where datname = $1) as database",
    [role],
  );
  if (!rows[0]!.role) await client.query(`create role ${role} login`);
  if (!rows[0]!.database) await client.query(`create database ${role} owner ${role}`);
}

async function end({ child, guard }: Running): Promise<void> {
  await guard.client.end().catch(() => undefined);
  await kill(child);
}

/** Fast shutdown (SIGINT): sessions end, everything is written, the cluster is closed. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGQUIT"), stopPatience);
  await exited;
  clearTimeout(timer);
}
