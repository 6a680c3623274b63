/** The whole application over a database of its own, with a clock that stands still and mail that can be read. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { Database } from "../../src/database/open.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { deriveKeys } from "../../src/foundation/keys.ts";
import { createLogger } from "../../src/foundation/logger.ts";
import { runJobsOnce } from "../../src/jobs/worker.ts";
import type { LetterInput } from "../../src/letters/record-letter.ts";
import { recordLetter } from "../../src/letters/record-letter.ts";
import { importSample } from "../../src/ops/sample.ts";
import { findWitnesses } from "../../src/ops/witnesses.ts";
import { type Internet, openInternet } from "../../src/signing/internet.ts";
import { encodeUtf8 } from "../../src/transparency/bytes.ts";
import { openHighWater } from "../../src/transparency/high-water.ts";
import { sequenceAll } from "../../src/transparency/sequencer.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { signerOfSeed } from "../../src/transparency/signing-key.ts";
import { openSiteLog } from "../../src/transparency/site-log.ts";
import { noteSignatureType } from "../../src/transparency/verifier-key.ts";
import { type Assets, buildAssets } from "../../src/web/assets.ts";
import { createPageCache } from "../../src/web/cache.ts";
import type { Deps } from "../../src/web/deps.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

export type TestApp = Awaited<ReturnType<typeof startTestApp>>;

/** Every test process builds the assets once. */
let assets: Promise<Assets> | undefined;

export interface TestAppOptions {
  /** Import the sample archive: the 24 letters and the open example. */
  readonly sample?: boolean;
  readonly env?: Record<string, string>;
  /** One's own; without it a new one. It is dropped with the application. */
  readonly database?: TestDatabase;
  /** A world of its own; without it the real one, which no test reaches. */
  readonly internet?: Internet;
}

/** Signs the logs of tests. */
export const logSigner = await signerOfSeed(
  nodeSha256,
  "localhost/log",
  noteSignatureType,
  nodeSha256(encodeUtf8("the seed of the key of tests")),
);

/** How much longer than it should a job of the queue is put off, in milliseconds. */
export const heldBack = 3_650 * 86_400_000;

/** The instant at which every test begins. */
export const start = new Date("2026-11-24T09:00:00Z");

/** Starts an application. Close it in `after`. */
export async function startTestApp(options: TestAppOptions = {}) {
  const database = options.database ?? (await createTestDatabase());
  assets ??= buildAssets();
  let now = start;
  let passed = 0;
  const lines: string[] = [];
  const config = readConfig({
    SITE_URL: "http://localhost",
    SECRET_KEY: "a key for tests that is long enough to be taken",
    LOG_LEVEL: "debug",
    ...options.env,
  });
  const folder = await mkdtemp(join(tmpdir(), "undersigned-test-log-"));
  const highWater = await openHighWater(join(folder, "high-water"), logSigner.key.name);
  const deps: Deps = {
    config,
    db: database.db,
    clock: () => now,
    keys: deriveKeys(config.secretKey),
    siteLog: await openSiteLog(database.db, logSigner, highWater, findWitnesses(config)),
    log: createLogger(config.logLevel, { write: (line: string) => void lines.push(line) }),
    assets: await assets,
    pages: createPageCache(database.db),
    internet: options.internet ?? openInternet(["127.0.0.1:9"]),
  };
  await holdQueue(deps.db);
  if (options.sample) await importSample(deps.db, deps.clock);
  const app = createApp(deps);

  let logHeld = false;
  return {
    deps,
    db: deps.db,
    database,
    /** Every line that was logged. */
    lines,
    /** Writes into the log what waits, as the sequencer would. */
    sequence: () => sequenceAll(deps.db, deps.siteLog),
    /** Asks the application, by a path or a whole request. */
    async fetch(
      request: string | Request,
      init?: RequestInit,
      server?: { readonly incoming?: unknown },
    ): Promise<Response> {
      if (!logHeld) await this.sequence();
      await deps.pages.refresh();
      const answer = Promise.resolve(
        app.fetch(
          request instanceof Request ? request : new Request(`http://localhost${request}`, init),
          server,
        ),
      );
      // An answer may wait for the log, which goes on meanwhile as it does with a sequencer.
      let answered = false;
      const end = () => {
        answered = true;
      };
      const done = answer.then(end, end);
      for (;;) {
        await Promise.race([done, sleep(250)]);
        if (answered) return answer;
        if (!logHeld) await this.sequence();
      }
    },
    /** Does something of which nothing is written into the log, however long it takes: what it queues waits there. */
    async withLogHeld<T>(work: () => Promise<T>): Promise<T> {
      logHeld = true;
      try {
        return await work();
      } finally {
        logHeld = false;
      }
    },
    /** Sends an ordinary form. */
    async post(
      path: string,
      fields: Record<string, string>,
      headers: Record<string, string> = {},
    ): Promise<Response> {
      return this.fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams(fields).toString(),
      });
    },
    /** Lets the clock go on. */
    pass(milliseconds: number): void {
      now = new Date(now.getTime() + milliseconds);
      passed += milliseconds;
    },
    /** Does all the jobs that are due, as the worker would. */
    async runJobs(): Promise<void> {
      await this.sequence();
      if (passed > 0) await letQueuePass(deps.db, passed);
      passed = 0;
      await runJobsOnce(database, app.tasks, deps.log);
    },
    /** Adds a letter to the archive. */
    letter: (input: LetterInput) => inTransaction(deps.db, (trx) => recordLetter(trx, deps.clock, input)),
    async close(): Promise<void> {
      await app.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The queue goes by the database's clock, which does not stand still. What is put off for seconds would be due while
 * other jobs are done, if only the machine is slow enough; so it is put off for years more.
 */
async function holdQueue(db: Database): Promise<void> {
  await sql
    .raw(`
    create or replace function hold_job() returns trigger language plpgsql as $$ begin
      if new.run_at > clock_timestamp() and new.run_at < now() + ${held} / 2 then new.run_at := new.run_at + ${held}; end if;
      return new;
    end $$;
    create or replace trigger hold_job before insert or update of run_at on graphile_worker._private_jobs
      for each row execute function hold_job()`)
    .execute(db);
}

const held = `interval '${heldBack} milliseconds'`;

/** Lets time pass for what waits for a time of the site's. */
async function letQueuePass(db: Database, milliseconds: number): Promise<void> {
  await sql`update graphile_worker._private_jobs set run_at = case
      when run_at - ${sql.raw(held)} <= now() + ${milliseconds} * interval '1 millisecond' then now()
      else run_at - ${milliseconds} * interval '1 millisecond' end
    where run_at > now() and task_id in (select id from graphile_worker._private_tasks where identifier in ('publish-letter', 'tell-followers'))`.execute(
    db,
  );
}
