/** A program: a worker that says so when it has taken a job, and never finishes it. */
import { createLogger } from "../../src/foundation/logger.ts";
import { startWorker } from "../../src/jobs/worker.ts";

await startWorker(
  { connection: JSON.parse(process.argv[2]!) },
  {
    "send-mail": () => {
      process.stdout.write("taken\n");
      return new Promise(() => setInterval(() => undefined, 1_000));
    },
    "send-sign-in": async () => undefined,
    "ask-imported": async () => undefined,
    "ask-signatories": async () => undefined,
    "forget-networks": async () => undefined,
    "purge-uploads": async () => undefined,
    "purge-people": async () => undefined,
    "publish-letter": async () => undefined,
    "purge-drafts": async () => undefined,
    "tell-invited": async () => undefined,
    "tell-answers": async () => undefined,
    "tell-followers": async () => undefined,
    "remind-invited": async () => undefined,
    "purge-circulation": async () => undefined,
    "close-letters": async () => undefined,
    "carry-out-decision": async () => undefined,
    "purge-signing": async () => undefined,
  },
  createLogger("silent"),
);
