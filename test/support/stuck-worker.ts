/** A program: a worker that says so when it has taken a job, and never finishes it. */
import { createLogger } from "../../src/foundation/logger.ts";
import { startWorker } from "../../src/jobs/queue.ts";

await startWorker(
  { connection: JSON.parse(process.argv[2]!) },
  {
    "send-mail": () => {
      process.stdout.write("taken\n");
      return new Promise(() => setInterval(() => undefined, 1_000));
    },
    "close-letters": async () => undefined,
    "purge-signing": async () => undefined,
  },
  createLogger("silent"),
);
