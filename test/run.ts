/**
 * `npm test`: one PostgreSQL for the whole run, then every test file, each in a process of its own.
 * `npm test -- test/rooms/config.test.ts` runs that file only; options of `node --test` are handed on.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import chromium from "@sparticuz/chromium";
import { socketVariable, startCluster } from "./support/database.ts";

const given = process.argv.slice(2);
const files = given.some((argument) => !argument.startsWith("-")) ? [] : ["test/**/*.test.ts"];
// A test takes a minute at the most; on a machine that is slow or busy, many times as long. The limit is for one that hangs.
const options = ["--test", "--test-concurrency=2", "--test-reporter=spec", "--test-timeout=1800000"];
// A file whose set-up failed may have left a server open: it failed, and holds nothing up.
options.push("--test-force-exit");

// The first who needs the browser unpacks it; here, where no two do so at once and find half of it.
await chromium.executablePath();
const cluster = await startCluster();
// Ctrl-C ends the tests; the database is put away after them.
process.on("SIGINT", () => undefined);
try {
  const tests = spawn(process.execPath, [...options, ...given, ...files], {
    cwd: `${import.meta.dirname}/..`,
    env: { ...process.env, [socketVariable]: cluster.socket },
    stdio: "inherit",
  });
  process.on("SIGTERM", () => tests.kill("SIGTERM"));
  const [code] = await once(tests, "exit");
  process.exitCode = code ?? 1;
} finally {
  await cluster.stop();
}
