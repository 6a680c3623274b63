/** The real server, as `npm start` runs it, in a folder of its own on one core. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../../src/config.ts";
import { type OpenDatabase, openDatabase } from "../../src/database/open.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { systemClock } from "../../src/foundation/clock.ts";
import { createLogger } from "../../src/foundation/logger.ts";
import { recordLetter } from "../../src/letters/record-letter.ts";
import { freePort } from "../../test/support/free-port.ts";
import { fillSignatures } from "./fill.ts";
import { startNode, stop, untilServed } from "./measure.ts";

const root = join(import.meta.dirname, "../..");

export interface Site {
  readonly url: string;
  readonly pid: number;
  /** The server's own database, by a connection beside it. */
  readonly database: OpenDatabase;
}

/** What `npm start` gives to Node, from the root of the repository: its arguments, and the environment set before it. */
function startCommand(): { readonly args: string[]; readonly env: Record<string, string> } {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: { start: string };
  };
  const words = manifest.scripts.start.split(" ");
  const main = words.pop()!;
  const set = words
    .filter((word) => /^[A-Z_]+=/.test(word))
    .map((word) => word.split("=") as [string, string]);
  return {
    args: [...words.slice(words.indexOf("node") + 1), join(root, main)],
    env: Object.fromEntries(set),
  };
}

/** Runs work against a server with the sample archive; stops it afterwards. */
export async function withSite<Result>(
  folder: string,
  work: (site: Site) => Promise<Result>,
): Promise<Result> {
  const port = await freePort();
  const env = { PORT: String(port), DATA_DIR: join(folder, "data"), LOG_LEVEL: "error" };
  const command = startCommand();
  const server = startNode(command.args, 0, { ...command.env, ...env });
  try {
    const url = `http://127.0.0.1:${port}`;
    await untilServed(`${url}/readyz`);
    const database = await openDatabase(readConfig(env), createLogger("error"), { beside: true });
    try {
      return await work({ url, pid: server.pid!, database });
    } finally {
      await database.close();
    }
  } finally {
    await stop(server);
  }
}

/** Adds an open letter with a text and so many signatories. @returns its slug */
export async function addLetterWith(site: Pick<Site, "database">, count: number): Promise<string> {
  return inTransaction(site.database.db, async (trx) => {
    const { id, slug } = await recordLetter(trx, systemClock, {
      kind: "open-letter",
      state: "open",
      date: { year: 2026, month: 11, day: 24 },
      language: "en",
      topics: ["transparency"],
      places: ["001"],
      addressees: [{ name: "Whom it may concern", type: "public" }],
      initiators: ["Bench Alliance"],
      namedSignatories: [],
      translations: [
        {
          language: "en",
          title: `A letter with ${count} signatories`,
          summary: "Made up, to be measured.",
          body: Array.from(
            { length: 12 },
            (_, n) => `Paragraph ${n + 1}. ${"A letter has a date and names. ".repeat(12)}`,
          ).join("\n\n"),
        },
      ],
    });
    await fillSignatures(trx, id, count);
    return slug;
  });
}
