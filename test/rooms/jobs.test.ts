import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, beforeEach, describe, test } from "node:test";
import { sql } from "kysely";
import pg from "pg";
import { inTransaction } from "../../src/database/transaction.ts";
import { createLogger } from "../../src/foundation/logger.ts";
import { releaseJobsOfTheDead } from "../../src/jobs/presence.ts";
import { addJob, type JobInfo, type MailJob, type Tasks } from "../../src/jobs/queue.ts";
import { cronItems } from "../../src/jobs/schedule.ts";
import { runJobsOnce, startWorker } from "../../src/jobs/worker.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const mail: MailJob = { template: "confirm", about: "1", language: "en", sealed: "c2VjcmV0" };
const lines: string[] = [];
const log = createLogger("trace", { write: (line) => void lines.push(line) });

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
});
after(() => database.drop());
beforeEach(() => sql`delete from graphile_worker._private_jobs`.execute(database.db));

function tasks(sendMail: Tasks["send-mail"]): Tasks {
  return {
    "send-mail": sendMail,
    "send-sign-in": async () => undefined,
    "publish-letter": async () => undefined,
    "close-letters": async () => undefined,
    "carry-out-decision": async () => undefined,
    "purge-signing": async () => undefined,
    "forget-networks": async () => undefined,
    "purge-uploads": async () => undefined,
    "purge-people": async () => undefined,
    "purge-drafts": async () => undefined,
    "tell-invited": async () => undefined,
    "tell-answers": async () => undefined,
    "tell-followers": async () => undefined,
    "remind-invited": async () => undefined,
    "purge-circulation": async () => undefined,
    "ask-imported": async () => undefined,
    "ask-signatories": async () => undefined,
  };
}

interface JobRow {
  attempts: number;
  locked_by: string | null;
  last_error: string | null;
  run_at: Date;
}

async function jobs(): Promise<JobRow[]> {
  const { rows } = await sql<JobRow>`select attempts, locked_by, last_error, run_at from graphile_worker.jobs
    where task_identifier = 'send-mail' order by id`.execute(database.db);
  return rows;
}

describe("a job", () => {
  test("is done once, with its payload", async () => {
    const done: unknown[] = [];
    await addJob(database.db, "send-mail", mail, { maxAttempts: 7 });
    const work = tasks(async (payload, info) => void done.push([payload, info]));
    await runJobsOnce(database, work, log);
    await runJobsOnce(database, work, log);
    assert.deepEqual(done, [[mail, { attempt: 1, maxAttempts: 7 }]]);
    assert.deepEqual(await jobs(), []);
  });

  test("does not exist when its transaction is rolled back", async () => {
    const work = inTransaction(database.db, async (trx) => {
      await addJob(trx, "send-mail", mail);
      throw new Error("no");
    });
    await assert.rejects(work, /^Error: no$/);
    assert.deepEqual(await jobs(), []);
  });

  test("waits for its time, and is replaced by one of the same key", async () => {
    const later = new Date(Date.now() + 3_600_000);
    await addJob(database.db, "send-mail", mail, { key: "k", runAt: later });
    await addJob(database.db, "send-mail", { ...mail, language: "fr" }, { key: "k", runAt: later });
    await runJobsOnce(
      database,
      tasks(() => assert.fail("too early")),
      log,
    );
    assert.equal((await jobs()).length, 1);
  });

  test("that fails is tried again later and later, and no address is kept of it or logged", async () => {
    lines.length = 0;
    await addJob(database.db, "send-mail", mail);
    const work = tasks(() => Promise.reject(new Error("450 <ada@example.org> is busy")));
    // Not the first attempts: the seconds after those may be over before the queue is looked at again.
    for (const attempt of [5, 6, 7]) {
      await sql`update graphile_worker._private_jobs set run_at = now(), attempts = ${attempt - 1}`.execute(
        database.db,
      );
      const begun = Date.now();
      await runJobsOnce(database, work, log);
      const ended = Date.now();
      const [job] = await jobs();
      assert.equal(job?.attempts, attempt);
      assert.equal(job?.last_error, "450 <[address]> is busy");
      // e⁵, e⁶, e⁷ seconds after it failed, which was in between; times are kept to the millisecond here.
      const failed = job!.run_at.getTime() - Math.exp(attempt) * 1_000;
      assert.ok(begun - 1 <= failed && failed <= ended + 1, `${begun} ${failed} ${ended}`);
    }
    const logged = lines.join("");
    assert.match(logged, /a job failed/);
    assert.doesNotMatch(logged, /ada|c2VjcmV0/);
  });

  test("that has failed for good is not tried again", async () => {
    await addJob(database.db, "send-mail", mail, { maxAttempts: 1 });
    let count = 0;
    const work = tasks(() => Promise.reject(new Error(`${++count}`)));
    await runJobsOnce(database, work, log);
    await sql`update graphile_worker._private_jobs set run_at = now()`.execute(database.db);
    await runJobsOnce(database, work, log);
    assert.equal(count, 1);
  });
});

describe("the worker", () => {
  test("is told of a job at once, and finishes what it is doing when it is stopped", async () => {
    const begun = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    let finished = false;
    const worker = await startWorker(
      database,
      tasks(async () => {
        begun.resolve();
        await go.promise;
        finished = true;
      }),
      log,
    );
    await addJob(database.db, "send-mail", mail);
    await begun.promise;
    const stopped = worker.stop();
    go.resolve();
    await stopped;
    assert.equal(finished, true);
    assert.deepEqual(await jobs(), []);
  });

  test("leaves the job of a server that lives alone, and does it when that one was killed", async () => {
    await addJob(database.db, "send-mail", mail);
    const other = spawn(
      process.execPath,
      [`${import.meta.dirname}/../support/stuck-worker.ts`, JSON.stringify(database.connection)],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await once(other.stdout, "data");
    const pool = new pg.Pool(database.connection);
    await releaseJobsOfTheDead(pool);
    await pool.end();
    const [taken] = await jobs();
    assert.ok(taken?.locked_by);
    other.kill("SIGKILL");
    await once(other, "exit");

    const done = Promise.withResolvers<JobInfo>();
    const worker = await startWorker(
      database,
      tasks(async (_, info) => done.resolve(info)),
      log,
    );
    try {
      assert.equal((await done.promise).attempt, 2);
    } finally {
      await worker.stop();
    }
    assert.deepEqual(await jobs(), []);
  });

  test("goes on after its connections were cut", async () => {
    const done: string[] = [];
    let arrived = Promise.withResolvers<void>();
    const worker = await startWorker(
      database,
      tasks(async ({ language }) => {
        done.push(language);
        arrived.resolve();
      }),
      log,
    );
    try {
      await addJob(database.db, "send-mail", mail);
      await arrived.promise;
      // A connection that is cut while the end of a job is noted is another story: that job runs again.
      while ((await jobs()).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      arrived = Promise.withResolvers<void>();
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'undersigned jobs' and datname = current_database()`.execute(database.db);
      await addJob(database.db, "send-mail", { ...mail, language: "ar" });
      await arrived.promise;
      assert.deepEqual(done, ["en", "ar"]);
    } finally {
      await worker.stop();
    }
  });
});

test("the schedule is one that the queue can read, and every task of it exists", () => {
  const tasksOfOthers = ["release-jobs", "forget-failed-jobs"];
  const known = [...Object.keys(tasks(async () => undefined)), ...tasksOfOthers];
  const items = cronItems();
  assert.ok(items.length >= 3);
  for (const { task } of items) assert.ok(known.includes(task), task);
});
