/** The application in this process, over an embedded database in a folder of its own. */
import { join } from "node:path";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { migrate } from "../../src/database/migrate.ts";
import { type OpenDatabase, openDatabase } from "../../src/database/open.ts";
import { systemClock } from "../../src/foundation/clock.ts";
import { deriveKeys, type Keys } from "../../src/foundation/keys.ts";
import { createLogger } from "../../src/foundation/logger.ts";
import { findLogSigner, highWaterPath } from "../../src/ops/log-key.ts";
import { importSample } from "../../src/ops/sample.ts";
import { openInternet } from "../../src/signing/internet.ts";
import { openHighWater } from "../../src/transparency/high-water.ts";
import { openSiteLog, type SiteLog } from "../../src/transparency/site-log.ts";
import { buildAssets } from "../../src/web/assets.ts";
import { createPageCache, type PageCache } from "../../src/web/cache.ts";

export interface BenchApp {
  readonly database: OpenDatabase;
  readonly pages: PageCache;
  readonly keys: Keys;
  readonly siteLog: SiteLog;
  fetch(request: Request): Promise<Response>;
}

/** Runs work against an application with the sample archive. */
export async function withApp<Result>(
  folder: string,
  work: (app: BenchApp) => Promise<Result>,
): Promise<Result> {
  const config = readConfig({
    DATA_DIR: join(folder, "data"),
    SECRET_KEY: "a key for benches, long enough to be taken",
  });
  const log = createLogger("error");
  const database = await openDatabase(config, log);
  try {
    await migrate(database);
    await importSample(database.db, systemClock);
    const pages = createPageCache(database.db);
    const { db } = database;
    const keys = deriveKeys(config.secretKey);
    const signer = await findLogSigner(config);
    const siteLog = await openSiteLog(
      db,
      signer,
      await openHighWater(highWaterPath(config), signer.key.name),
    );
    const assets = await buildAssets();
    const internet = openInternet();
    const app = createApp({ config, db, clock: systemClock, keys, log, siteLog, assets, pages, internet });
    return await work({ database, pages, keys, siteLog, fetch: async (request) => app.fetch(request) });
  } finally {
    await database.close();
  }
}
