/**
 * A program: one PostgreSQL for tests, in a folder of its own that is removed again. It writes the folder of its socket
 * as one line and ends when its standard input does, that is with whoever started it, however that one ends.
 * Its database `undersigned` is migrated and is the template of all test databases.
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../../src/database/embedded.ts";
import { migrate } from "../../src/database/migrate.ts";
import { embeddedConnection } from "../../src/database/open.ts";
import { createLogger } from "../../src/foundation/logger.ts";

const ended = new Promise((resolve) => {
  process.stdin.once("close", resolve).resume();
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, resolve);
});
// Ctrl-C reaches every program of the terminal; this one waits for its starter to be done.
process.on("SIGINT", () => undefined);

const folder = await mkdtemp(join(tmpdir(), "undersigned-test-"));
await chmod(folder, 0o711);
try {
  const embedded = await startEmbedded(join(folder, "data"), createLogger("silent"), (error) => {
    throw error;
  });
  try {
    await migrate({ connection: embeddedConnection(embedded.socket) });
    process.stdout.write(`${embedded.socket}\n`);
    await ended;
  } finally {
    await embedded.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
