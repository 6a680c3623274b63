/** The process of the embedded PostgreSQL: started until it answers, and ended. */
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../foundation/logger.ts";
import type { Account } from "./embedded-account.ts";
import { port } from "./embedded-cluster.ts";
import { clearWay, type Guard, InUse, readPidFile, takeGuard } from "./embedded-guard.ts";

/** Where a cluster lies and what runs it. */
export interface Place {
  readonly dataDir: string;
  readonly cluster: string;
  /** The folder of the socket. */
  readonly socket: string;
  readonly account: Account;
  readonly program: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly guard: Guard;
  /** Resolves when the process has ended. */
  readonly exited: Promise<void>;
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

/** For how long, and how far apart, a start is tried while remains of another process are in its way, in milliseconds. */
const tries = { longest: 60_000, apart: 250 };

/** How long a clean stop may take before PostgreSQL is told to drop everything, in milliseconds. Nothing is lost then. */
const stopPatience = 2_500;

/**
 * Starts PostgreSQL and waits until it answers, however long it recovers.
 * @param quiet whether its end is wanted by now, so that its last words are no warning
 * @throws InUse when another server has taken the folder; Error in words for the operator
 */
export async function launch(place: Place, log: Logger, quiet: () => boolean): Promise<Running> {
  const deadline = Date.now() + tries.longest;
  for (;;) {
    const args = ["-D", place.cluster, "-p", String(port), ...settingsFor(place.socket)];
    const child = place.account.spawn(place.program, args);
    const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
    const last = follow(child, log, quiet);
    const guard = await connect(place, child);
    if (guard instanceof InUse) {
      await kill(child, exited);
      throw guard;
    }
    if (guard) return { child, guard, exited };
    await exited;
    // Processes of one that was killed hold the shared memory until their disk has written what they gave it; or another
    // server starts at this moment, and will be found by clearWay.
    if (Date.now() > deadline || !last.some((line) => /shared memory|postmaster\.pid/.test(line)))
      throw new Error(
        `The database in ${place.cluster} did not start: ${last.join(" ") || "no reason was given"}`,
      );
    await sleep(tries.apart);
    await clearWay(place.dataDir, place.cluster);
  }
}

/**
 * Waits until the process answers, and takes the lock.
 * @returns undefined when the process ended instead
 */
export async function connect(place: Place, child: ChildProcess): Promise<Guard | InUse | undefined> {
  while (!hasEnded(child)) {
    const left = await readPidFile(place.cluster);
    if (left?.ready && left.pid === child.pid) {
      const guard = await takeGuard(place.dataDir, place.socket).catch((error) =>
        error instanceof InUse ? error : undefined,
      );
      if (guard) return guard;
    }
    await sleep(20);
  }
  return undefined;
}

/** Ends PostgreSQL cleanly. */
export async function end({ child, guard, exited }: Running): Promise<void> {
  await guard.client.end().catch(() => undefined);
  await kill(child, exited);
}

/** Whether the process has ended, or was never there. */
export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Fast shutdown (SIGINT): sessions end, everything is written, the cluster is closed. */
async function kill(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (hasEnded(child)) return;
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGQUIT"), stopPatience);
  await exited;
  clearTimeout(timer);
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
function follow(child: ChildProcess, log: Logger, quiet: () => boolean): string[] {
  const last: string[] = [];
  child.on("error", (error) => last.push(error.message));
  createInterface({ input: child.stderr! }).on("line", (line) => {
    last.push(line);
    if (last.length > 8) last.shift();
    const level = /FATAL|PANIC/.test(line) && !quiet() ? "warn" : "debug";
    log[level]({ postgres: line }, "PostgreSQL says");
  });
  return last;
}
