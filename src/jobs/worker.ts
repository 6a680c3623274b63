/** Works on the jobs of the queue (graphile-worker), for as long as the server runs. */
import { setTimeout as sleep } from "node:timers/promises";
import {
  Logger as GraphileLogger,
  type Job,
  type JobHelpers,
  run,
  runOnce,
  type SharedOptions,
  type TaskList,
} from "graphile-worker";
import type pg from "pg";
import type { OpenDatabase } from "../database/open.ts";
import { type Connections, openPool } from "../database/pool.ts";
import { blotAddresses, type Logger } from "../foundation/logger.ts";
import { forgetFailedJobs, keepPresence, releaseJobsOfTheDead } from "./presence.ts";
import type { JobInfo, Tasks } from "./queue.ts";
import { cronItems } from "./schedule.ts";

/** How many jobs a server works on at a time. */
const concurrency = 4;

/** How often it looks for jobs that are due again, in milliseconds; it is told of new ones. */
const pollInterval = 5_000;

/** How long jobs may go on when the server stops, in milliseconds. What is left is done by the next one. */
const stopPatience = 5_000;

/** How long connections may take to end, in milliseconds. */
const closePatience = 500;

/**
 * The end of a job is noted in a batch, if only of one: unlike alone, a failure to note it then ends the worker, and the
 * next one frees the job. Alone, the job would stay marked as its own for four hours, and the failure reach nobody.
 */
const noteEndsInBatches = { completeJobBatchDelay: 0, failJobBatchDelay: 0 };

export interface Worker {
  /** Takes no more jobs, and waits for those at work for five seconds. */
  stop(): Promise<void>;
}

/** Works on jobs until it is stopped. First it takes over what killed servers left undone. */
export async function startWorker(
  open: Pick<OpenDatabase, "connection">,
  tasks: Tasks,
  log: Logger,
): Promise<Worker> {
  let stopping = false;
  let shift = await beginShift(open, tasks, log);
  // PostgreSQL may notice a moment later that a server is gone which was killed just now.
  const secondLook = setTimeout(() => {
    releaseJobsOfTheDead(shift.pool).catch((err) =>
      log.warn({ err }, "jobs left by others were not looked for"),
    );
  }, 2_000);
  void watch();

  return {
    async stop() {
      stopping = true;
      clearTimeout(secondLook);
      await shift.end();
    },
  };

  /** Begins again whenever a shift is over, until the worker is stopped. */
  async function watch(): Promise<void> {
    while (!stopping) {
      await shift.over;
      await shift.end();
      if (!stopping) await sleep(1_000);
      if (!stopping) shift = await beginShift(open, tasks, log).catch(() => shift);
    }
    await shift.end();
  }
}

/** The library at work, from its start until it ends or is ended. */
interface Shift {
  readonly pool: pg.Pool;
  /** Resolves when another has to begin: the library gave up, or a connection was lost. */
  readonly over: Promise<void>;
  /** Takes no more jobs, waits for those at work, and ends its connections. A second time waits for the same. */
  end(): Promise<void>;
}

/** Frees what the dead left, and sets to work with connections of its own: they end with it, and so does its presence. */
async function beginShift(open: Pick<OpenDatabase, "connection">, tasks: Tasks, log: Logger): Promise<Shift> {
  const { pool, close } = openQueuePool(open, concurrency + 2, log);
  const presence = keepPresence();
  // A connection that is lost may take an answer with it: a job that the database holds to be ours, and we know nothing
  // of. It is freed when another shift begins.
  const lost = Promise.withResolvers<void>();
  pool.on("connect", (client) => client.on("error", () => lost.resolve()));
  try {
    await releaseJobsOfTheDead(pool);
    const runner = await run({
      pgPool: pool,
      logger: graphileLogger(log),
      concurrency,
      pollInterval,
      noHandleSignals: true,
      taskList: taskList(tasks, pool, log),
      parsedCronItems: cronItems(),
      events: presence.events,
      preset: { plugins: [presence.plugin], worker: noteEndsInBatches },
    });
    let gaveUp = false;
    const over = runner.promise
      .catch((err) => log.error({ err }, "the queue gave up"))
      .finally(() => {
        gaveUp = true;
      });
    let ended: Promise<void> | undefined;
    return {
      pool,
      over: Promise.race([over, lost.promise]),
      end() {
        ended ??= end();
        return ended;
      },
    };

    async function end(): Promise<void> {
      presence.letGo();
      if (!gaveUp) {
        const stopped = runner.stop().catch((err) => log.warn({ err }, "the worker did not stop cleanly"));
        await within(stopPatience + closePatience, stopped);
      }
      await close(closePatience);
    }
  } catch (error) {
    await close(closePatience);
    throw error;
  }
}

/** Does all jobs that are due, one after another, and returns. For tests and commands. */
export async function runJobsOnce(
  open: Pick<OpenDatabase, "connection">,
  tasks: Tasks,
  log: Logger,
): Promise<void> {
  const { pool: pgPool, close } = openQueuePool(open, 2, log);
  try {
    await runOnce({
      pgPool,
      logger: graphileLogger(log),
      noHandleSignals: true,
      taskList: taskList(tasks, pgPool, log),
    });
  } finally {
    await close(closePatience);
  }
}

/** Connections of the queue's own: pages and jobs do not wait for each other's, and pg's own types hold. */
function openQueuePool(
  { connection }: Pick<OpenDatabase, "connection">,
  max: number,
  log: Logger,
): Connections {
  return openPool({ application_name: "undersigned jobs", ...connection, max }, log);
}

function taskList(tasks: Tasks, pgPool: pg.Pool, log: Logger): TaskList {
  const own = Object.entries(tasks).map(([name, task]) => [
    name,
    async (payload: unknown, { job }: JobHelpers) => {
      try {
        await (task as (payload: unknown, info: JobInfo) => Promise<unknown>)(payload, infoOf(job));
      } catch (error) {
        log.warn({ err: error, job: name, ...infoOf(job) }, "a job failed");
        // The queue keeps the message in the database, where no address may lie open.
        throw new Error(blotAddresses(error instanceof Error ? error.message : String(error)));
      }
    },
  ]);
  return {
    ...Object.fromEntries(own),
    "release-jobs": () => releaseJobsOfTheDead(pgPool),
    "forget-failed-jobs": () => forgetFailedJobs(pgPool),
  };
}

function infoOf(job: Job): JobInfo {
  return { attempt: job.attempts, maxAttempts: job.max_attempts };
}

/** The library's lines go to our log as they are read by a developer; its data, which holds payloads, does not. */
function graphileLogger(log: Logger): NonNullable<SharedOptions["logger"]> {
  return new GraphileLogger(() => (level, message) => {
    const grave = level === "warning" || level === "error";
    log[grave ? "warn" : "debug"](`queue: ${message.split("\n", 1)[0]}`);
  });
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
