/**
 * The job queue (graphile-worker). A job is added in the transaction of what it follows from, so that both happen or
 * neither; a worker is told at once when it commits. A job that throws is tried again after e, e², e³ … seconds, at
 * most e¹⁰ (6.1 hours). A job may run twice (when its server was killed at its end), so each looks whether it is still
 * wanted. Payloads lie open in the database: what is personal goes in sealed.
 */
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
import { sql } from "kysely";
import pg from "pg";
import type { OpenDatabase, Queryable } from "../database/open.ts";
import { blotAddresses, type Logger } from "../foundation/logger.ts";
import { forgetFailedJobs, keepPresence, releaseJobsOfTheDead } from "./presence.ts";
import { cronItems } from "./schedule.ts";

/** A mail to be sent: no address, no token but a sealed one. */
export interface MailJob {
  readonly template: string;
  readonly signatureId: string;
  readonly language: string;
  readonly sealed: string;
}

/** Every job by its name, with what it is given. */
export interface JobPayloads {
  "send-mail": MailJob;
  /** Daily: delete what has had its time. */
  "purge-signing": unknown;
  /** Daily, at midnight: close the letters whose last day has passed. */
  "close-letters": unknown;
}

/** Which attempt this is, from 1. */
export interface JobInfo {
  readonly attempt: number;
  readonly maxAttempts: number;
}

/** What to do for each job. */
export type Tasks = {
  readonly [Name in keyof JobPayloads]: (payload: JobPayloads[Name], info: JobInfo) => Promise<unknown>;
};

export interface JobOptions {
  readonly runAt?: Date;
  /** At most one job of this key waits: adding another replaces it. */
  readonly key?: string;
  /** 25 unless told: the last comes four days after the first. */
  readonly maxAttempts?: number;
}

/** Adds a job; it runs when the transaction has been committed. */
export async function addJob<Name extends keyof JobPayloads>(
  trx: Queryable,
  name: Name,
  payload: JobPayloads[Name],
  { runAt, key, maxAttempts }: JobOptions = {},
): Promise<void> {
  await sql`select from graphile_worker.add_job(${name}::text, payload := ${JSON.stringify(payload)}::json,
    run_at := ${runAt ?? null}::timestamptz, job_key := ${key ?? null}::text, max_attempts := ${maxAttempts ?? null}::int)`.execute(
    trx,
  );
}

/** How many jobs a server works on at a time. */
const concurrency = 4;

/** How often it looks for jobs that are due again, in milliseconds; it is told of new ones. */
const pollInterval = 5_000;

/** How long jobs may go on when the server stops, in milliseconds. What is left is done by the next one. */
const stopPatience = 5_000;

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
  const pgPool = makePool(open, concurrency + 2, log);
  const logger = graphileLogger(log);
  let stopping = false;
  let presence = keepPresence();
  const start = () => {
    presence = keepPresence();
    return run({
      pgPool,
      logger,
      concurrency,
      pollInterval,
      noHandleSignals: true,
      taskList: taskList(tasks, pgPool, log),
      parsedCronItems: cronItems(),
      events: presence.events,
      preset: { plugins: [presence.plugin] },
    });
  };
  await releaseJobsOfTheDead(pgPool);
  let runner = await start();
  // PostgreSQL may notice a moment later that a server is gone which was killed just now.
  const secondLook = setTimeout(() => {
    releaseJobsOfTheDead(pgPool).catch((err) => log.warn({ err }, "jobs left by others were not looked for"));
  }, 2_000);
  void watch();

  return {
    async stop() {
      stopping = true;
      clearTimeout(secondLook);
      presence.letGo();
      await within(
        stopPatience + 500,
        runner.stop().catch((err) => log.warn({ err }, "the worker did not stop cleanly")),
      );
      await within(500, pgPool.end());
    },
  };

  /** The library gives up when it cannot note the end of a job, for the database was gone just then. Begin again. */
  async function watch(): Promise<void> {
    while (!stopping) {
      await runner.promise.catch((err) => log.error({ err }, "the worker ended"));
      if (!stopping) await sleep(1_000);
      if (!stopping) runner = await start().catch(() => runner);
    }
  }
}

/** Does all jobs that are due, one after another, and returns. For tests and commands. */
export async function runJobsOnce(
  open: Pick<OpenDatabase, "connection">,
  tasks: Tasks,
  log: Logger,
): Promise<void> {
  const pgPool = makePool(open, 2, log);
  try {
    await runOnce({
      pgPool,
      logger: graphileLogger(log),
      noHandleSignals: true,
      taskList: taskList(tasks, pgPool, log),
    });
  } finally {
    await pgPool.end();
  }
}

/** Connections of the queue's own: pages and jobs do not wait for each other's, and pg's own types hold. */
function makePool(open: Pick<OpenDatabase, "connection">, max: number, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionTimeoutMillis: 5_000,
    application_name: "undersigned jobs",
    ...open.connection,
    max,
  });
  pool.on("error", (err) => log.warn({ err }, "a database connection of the queue was lost"));
  // Errors of connections in use reach whoever uses them; without a listener they would end the process too.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
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
