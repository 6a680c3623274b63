/**
 * Whose jobs are whose. A worker marks a job as its own while it works on it; when the server is killed, the mark stays,
 * and the library would free it after four hours. So that it is freed at once, every worker shows that it lives: it
 * holds an advisory lock of its name in the session by which it listens for jobs, which ends with the process. A mark
 * whose lock nobody holds is of the dead. This is right for any number of servers on one database.
 */
import { EventEmitter } from "node:events";
import type { WorkerEvents } from "graphile-worker";
import type pg from "pg";

/** The first number of the lock; the second is the hash of the worker's name. */
const lockClass = 1_970_169_702;

/**
 * Frees the jobs of workers that do not live, and tells those that live of them. They are due at once; the attempt that
 * was cut off is counted.
 */
export async function releaseJobsOfTheDead(pool: pg.Pool): Promise<void> {
  // The lock is tried for, and let go with the statement. That it is to be had means that its worker does not live.
  await pool.query(
    `select graphile_worker.force_unlock_workers(array_agg(locked_by)),
            pg_notify('jobs:insert', json_build_object('count', sum(jobs))::text)
     from (select locked_by, count(*) as jobs from graphile_worker.jobs
           where locked_by is not null group by locked_by offset 0) marks
     where pg_try_advisory_xact_lock($1, hashtext(locked_by)) having count(*) > 0`,
    [lockClass],
  );
}

/** Deletes jobs that failed for good thirty days ago. */
export async function forgetFailedJobs(pool: pg.Pool): Promise<void> {
  await pool.query(
    `select from graphile_worker.complete_jobs(array(
       select id from graphile_worker.jobs
       where attempts >= max_attempts and locked_at is null and updated_at < now() - interval '30 days'))`,
  );
}

export interface Presence {
  readonly events: WorkerEvents;
  /** Keeps the worker from taking jobs before it has shown that it lives. */
  readonly plugin: GraphileConfig.Plugin;
  /** Lets a worker end that has not come to work yet. */
  letGo(): void;
}

/** Shows that a worker lives, for as long as it listens; again whenever it has to listen anew. */
export function keepPresence(): Presence {
  const { promise: shown, resolve } = Promise.withResolvers<void>();
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:listen:success", ({ client, workerPool }) => {
    // Shared, so that it cannot wait for an earlier session of its own.
    const show = () =>
      client.query("select pg_advisory_lock_shared($1, hashtext($2))", [lockClass, workerPool.id]).then(
        () => resolve(),
        () => undefined,
      );
    // After the LISTEN that is just being sent, unless the worker is stopped before that is through.
    client.once("drain", show);
    events.once("pool:listen:release", () => client.off("drain", show));
  });
  const plugin: GraphileConfig.Plugin = {
    name: "presence",
    version: "1",
    worker: { hooks: { startWorker: () => shown } },
  };
  return { events, plugin, letGo: resolve };
}
