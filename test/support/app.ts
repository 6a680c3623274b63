/** The whole application over a database of its own, with a clock that stands still and mail that can be read. */

import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { deriveKeys } from "../../src/foundation/keys.ts";
import { createLogger } from "../../src/foundation/logger.ts";
import { runJobsOnce } from "../../src/jobs/queue.ts";
import type { LetterInput } from "../../src/letters/record-letter.ts";
import { recordLetter } from "../../src/letters/record-letter.ts";
import { importSample } from "../../src/ops/sample.ts";
import { type Assets, buildAssets } from "../../src/web/assets.ts";
import { createPageCache } from "../../src/web/cache.ts";
import type { Deps } from "../../src/web/deps.ts";
import { createTestDatabase } from "./database.ts";

export type TestApp = Awaited<ReturnType<typeof startTestApp>>;

/** Every test process builds the assets once. */
let assets: Promise<Assets> | undefined;

export interface TestAppOptions {
  /** Import the sample archive: the 24 letters and the open example. */
  readonly sample?: boolean;
  readonly env?: Record<string, string>;
}

/** The instant at which every test begins. */
export const start = new Date("2026-11-24T09:00:00Z");

/** Starts an application. Close it in `after`. */
export async function startTestApp(options: TestAppOptions = {}) {
  const database = await createTestDatabase();
  assets ??= buildAssets();
  let now = start;
  const lines: string[] = [];
  const config = readConfig({
    SITE_URL: "http://localhost",
    SECRET_KEY: "a key for tests that is long enough to be taken",
    LOG_LEVEL: "debug",
    ...options.env,
  });
  const deps: Deps = {
    config,
    db: database.db,
    clock: () => now,
    keys: deriveKeys(config.secretKey),
    log: createLogger(config.logLevel, { write: (line: string) => void lines.push(line) }),
    assets: await assets,
    pages: createPageCache(database.db),
  };
  if (options.sample) await importSample(deps.db, deps.clock);
  const app = createApp(deps);

  return {
    deps,
    db: deps.db,
    database,
    /** Every line that was logged. */
    lines,
    /** Asks the application, by a path or a whole request. */
    async fetch(request: string | Request, init?: RequestInit): Promise<Response> {
      await deps.pages.refresh();
      return app.fetch(
        request instanceof Request ? request : new Request(`http://localhost${request}`, init),
      );
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
    },
    /** Does all the jobs that are due, as the worker would. */
    runJobs: () => runJobsOnce(database, app.tasks, deps.log),
    /** Adds a letter to the archive. */
    letter: (input: LetterInput) => inTransaction(deps.db, (trx) => recordLetter(trx, deps.clock, input)),
    async close(): Promise<void> {
      await app.close();
      await database.drop();
    },
  };
}
