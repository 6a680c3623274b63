/**
 * The embedded PostgreSQL: started with the server, stopped with it, brought up again when it dies, and recovered after
 * either was killed. See decisions/0001-postgresql-only.md for the choices.
 */
import { rmdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../foundation/logger.ts";
import { makeDataFolder } from "./data-folder.ts";
import { chooseAccount } from "./embedded-account.ts";
import { findBinaries } from "./embedded-binaries.ts";
import { admit, createCluster, makeSocketFolder, role } from "./embedded-cluster.ts";
import { clearWay, type Guard } from "./embedded-guard.ts";
import { connect, end, hasEnded, launch, type Place } from "./embedded-process.ts";

export interface Embedded {
  /** The folder of the socket. */
  readonly socket: string;
  /** Stops PostgreSQL cleanly. Connections should have been ended. */
  stop(): Promise<void>;
}

/** How often it may die within a minute before the server gives up. */
const deathsAMinute = 5;

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
  const place = await prepare(folder);
  let stopping = false;
  let running = await launch(place, log, () => stopping);
  await createDatabase(running.guard);
  void watch();

  // When the server ends without having stopped it (a broken invariant, say), PostgreSQL ends too.
  const onExit = () => void running.child.kill("SIGINT");
  process.once("exit", onExit);

  return {
    socket: place.socket,
    async stop() {
      stopping = true;
      process.removeListener("exit", onExit);
      await end(running);
      await rmdir(place.socket).catch(() => undefined);
    },
  };

  /** Waits for the end of the process or of the guard, and puts in order what ended. */
  async function watch(): Promise<void> {
    let deaths: number[] = [];
    try {
      for (;;) {
        await Promise.race([running.exited, running.guard.ended]);
        // The guard is lost a moment before a process that was killed is reaped; or it was cut off alone.
        await Promise.race([running.exited, sleep(200)]);
        if (stopping) return;
        if (!hasEnded(running.child)) {
          await renewGuard();
          continue;
        }
        const { exitCode: code, signalCode: signal } = running.child;
        log.error({ code, signal }, "PostgreSQL died; starting it again");
        deaths = [...deaths.filter((at) => at > Date.now() - 60_000), Date.now()];
        if (deaths.length > deathsAMinute)
          throw new Error(`PostgreSQL died ${deaths.length} times within a minute.`);
        await clearWay(place.dataDir, place.cluster);
        const again = await launch(place, log, () => stopping);
        if (stopping) return await end(again);
        running = again;
        log.warn("PostgreSQL is up again");
      }
    } catch (error) {
      if (!stopping) lost(error as Error);
    }
  }

  async function renewGuard(): Promise<void> {
    const guard = await connect(place, running.child);
    if (guard instanceof Error) throw guard;
    if (guard) running = { ...running, guard };
  }
}

/** Makes everything ready for PostgreSQL to start: its folders, its way, the cluster, and who may connect. */
async function prepare(folder: string): Promise<Place> {
  const dataDir = await makeDataFolder(folder);
  const cluster = join(dataDir, "postgres");
  const binaries = await findBinaries();
  const account = chooseAccount(cluster, [dataDir, binaries.folder, binaries.postgres, binaries.initdb]);
  await clearWay(dataDir, cluster);
  await createCluster(cluster, binaries, account);
  await admit(cluster, account);
  const socket = await makeSocketFolder(dataDir, account);
  return { dataDir, cluster, socket, account, program: binaries.postgres };
}

/** Makes the site's role and database; both are there already after the first start. */
async function createDatabase({ client }: Guard): Promise<void> {
  const { rows } = await client.query<{ role: boolean; database: boolean }>(
    `select exists (select from pg_roles where rolname = $1) as role,
            exists (select from pg_database where datname = $1) as database`,
    [role],
  );
  if (!rows[0]!.role) await client.query(`create role ${role} login`);
  if (!rows[0]!.database) await client.query(`create database ${role} owner ${role}`);
}
