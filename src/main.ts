/** Starts the server, serves, and stops it cleanly. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import { type App, createApp } from "./app.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { migrate } from "./database/migrate.ts";
import { openDatabase } from "./database/open.ts";
import { systemClock } from "./foundation/clock.ts";
import { deriveKeys } from "./foundation/keys.ts";
import { createLogger, type Logger } from "./foundation/logger.ts";
import { startWorker } from "./jobs/worker.ts";
import { ensureSite } from "./letters/site.ts";
import { findLogSigner, highWaterPath } from "./ops/log-key.ts";
import { importSample } from "./ops/sample.ts";
import { withSecretKey } from "./ops/secret-key.ts";
import { findWitnesses } from "./ops/witnesses.ts";
import { deskSite } from "./people/desk-site.ts";
import { makeSetUpLink } from "./people/invite.ts";
import { routes } from "./routes.ts";
import { enterExisting } from "./signing/enter-existing.ts";
import { openInternet } from "./signing/internet.ts";
import { noteExisting } from "./signing/note-existing.ts";
import { LogRewound, openHighWater } from "./transparency/high-water.ts";
import { publishNewest } from "./transparency/publish.ts";
import { startPublisher } from "./transparency/publisher.ts";
import { startSequencer } from "./transparency/sequencer.ts";
import { openSiteLog } from "./transparency/site-log.ts";
import { buildAssets } from "./web/assets.ts";
import { createPageCache } from "./web/cache.ts";

/** How long requests may go on after a signal, in milliseconds. */
const drainPatience = 6_000;

/** When the process ends whatever is left, in milliseconds after a signal. */
const longestStop = 9_500;

/** What has been started, to be stopped in the opposite order. */
const parts: { readonly name: string; stop(): Promise<unknown> | unknown }[] = [];
let app: App | undefined;
let stopping = false;

try {
  await start();
} catch (error) {
  await fail(error);
}

async function start(): Promise<void> {
  const read = readConfig(process.env);
  const witnesses = findWitnesses(read);
  const log = createLogger(read.logLevel);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
    process.on(signal, () => void stop(signal, log));
  // A promise that failed while nobody waited for it comes here too. Something is broken that nobody foresaw, and going
  // on could make it worse; whoever runs the server starts it anew, and nothing that was acknowledged is lost.
  process.on("uncaughtException", (err) => {
    log.fatal({ err }, "the server ends: something is broken in it");
    process.exit(1);
  });

  // The port first: whether it is free shows at once, and /healthz answers while a database recovers.
  const { server, port } = await listen(read);
  if (await add("the web server", () => drain(server))) return;
  const config = await withSecretKey(withPort(read, port));

  const open = await openDatabase(config, log, {
    lost: (err) => {
      log.fatal({ err }, "the server ends: its PostgreSQL cannot be brought up again");
      process.exit(1);
    },
  });
  if (await add("the database", () => open.close())) return;
  const applied = await migrate(open);
  if (applied.length > 0) log.info({ applied }, "migrated the database");
  const signer = await findLogSigner(config);
  const highWater = await openHighWater(highWaterPath(config), signer.key.name);
  const siteLog = await openSiteLog(open.db, signer, highWater, witnesses);
  const keys = deriveKeys(config.secretKey);
  if (!config.production) await importSample(open.db, systemClock);
  await ensureSite(open.db, config.siteUrl);
  const setUp = await makeSetUpLink(open.db, systemClock);
  const entered = await enterExisting(open.db, keys);
  if (entered > 0) log.info({ letters: entered }, "entered letters of before the log");
  await noteExisting(open.db, keys);
  const publisher = witnesses.length > 0 ? startPublisher(open.db, siteLog, log) : undefined;
  if (publisher && (await add("the witnesses", () => publisher.stop()))) return;
  // Without witnesses nothing has to be waited for; there may be something that former ones were waited for.
  if (!publisher) await publishNewest(open.db, siteLog, log);
  const sequencer = startSequencer(open, siteLog, log, publisher);
  if (await add("the log", () => sequencer.stop())) return;

  const deps = {
    config,
    db: open.db,
    clock: systemClock,
    keys,
    siteLog,
    log,
    assets: await buildAssets(),
    pages: createPageCache(open.db),
    internet: openInternet(),
  };
  const made = createApp(deps);
  if (await add("mail", () => made.close())) return;
  const worker = await startWorker(open, made.tasks, log);
  if (await add("jobs", () => worker.stop())) return;
  app = made;
  process.stdout.write(`Undersigned is at ${config.siteUrl.origin}\n`);
  if (setUp) process.stdout.write(describeSetUp(config.siteUrl, setUp));
}

/** Printed at every start, until the site has an owner. */
function describeSetUp(siteUrl: URL, token: string): string {
  const link = deskSite(siteUrl).origin + routes.deskInvitation(token);
  return `Nobody owns this site yet. Whoever opens this link first sets up its desk:\n  ${link}\n`;
}

/** Notes what has been started. When the server has been told to stop meanwhile, stops it. @returns whether it did */
async function add(name: string, stopPart: () => Promise<unknown> | unknown): Promise<boolean> {
  if (stopping) await stopPart();
  else parts.unshift({ name, stop: stopPart });
  return stopping;
}

/** Opens the port. Until the application is there, only /healthz is answered. */
async function listen(config: Config): Promise<{ server: Server; port: number }> {
  const server = createAdaptorServer({
    fetch: (request, env) => {
      if (app) return app.fetch(request, env);
      if (new URL(request.url).pathname === routes.healthz()) return new Response("ok\n");
      return new Response("starting\n", { status: 503, headers: { "Retry-After": "1" } });
    },
  }) as Server;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(config.port, config.host, resolve);
  await promise.catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE")
      throw new ConfigError(`PORT ${config.port} on ${config.host} is in use by another program.`);
    throw new ConfigError(
      `HOST ${config.host} and PORT ${config.port} cannot be listened on (${error.code}).`,
    );
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** With PORT=0 and without SITE_URL, links lead to the port that was found. */
function withPort(config: Config, port: number): Config {
  if (config.port !== 0 || config.siteUrl.port !== "0") return config;
  return { ...config, siteUrl: new URL(`${config.siteUrl.protocol}//${config.siteUrl.hostname}:${port}`) };
}

/** Takes no more connections, ends those that idle, and waits for requests under way. */
async function drain(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await Promise.race([closed, sleep(drainPatience, undefined, { ref: false })]);
  clearInterval(idle);
  server.closeAllConnections();
}

/** Ends with 0 once everything has come to its end. A second signal ends the process at once. */
async function stop(signal: string, log: Logger): Promise<void> {
  if (stopping) process.exit(1);
  log.info({ signal }, "stopping");
  await endParts(log);
  process.exit(0);
}

/** Drains requests and jobs at once, then ends mail and the database. */
async function endParts(log: Logger): Promise<void> {
  stopping = true;
  setTimeout(() => {
    log.error("not everything came to its end in time; what is left is done at the next start");
    process.exit(1);
  }, longestStop).unref();
  const draining = ["the web server", "jobs"];
  const stopPart = async ({ name, stop }: (typeof parts)[number]) => {
    try {
      await stop();
    } catch (err) {
      log.error({ err }, `${name} did not stop cleanly`);
    }
  };
  await Promise.all(parts.filter(({ name }) => draining.includes(name)).map(stopPart));
  for (const part of parts.filter(({ name }) => !draining.includes(name))) await stopPart(part);
}

/**
 * Ends a start that cannot go on. One clear line for the operator; the whole error when it is none that was foreseen.
 * Then what has been started comes to its end, too: whoever reads the line may exchange the data folder at once.
 */
async function fail(error: unknown): Promise<void> {
  const foreseen =
    error instanceof ConfigError ||
    error instanceof LogRewound ||
    (error instanceof Error && error.constructor === Error);
  process.stderr.write(`${foreseen ? error.message : (error as Error).stack}\n`);
  if (!stopping) await endParts(createLogger("error"));
  process.exit(1);
}
