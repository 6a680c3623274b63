/** `undersigned log key`: shows the log's key, makes a new one, or lets the log go on under another. */
import { parseArgs } from "node:util";
import { type Config, readConfig } from "../../config.ts";
import { reachDatabase } from "../../database/reach.ts";
import { parseWords, runCommand, type Surroundings, UsageError } from "../../foundation/command.ts";
import { adoptKey } from "../../transparency/adopt-key.ts";
import { formatVerifierKey } from "../../transparency/verifier-key.ts";
import { findLogSigner, makeLogKey } from "../log-key.ts";

export const summary = "shows the key of this site's log, or makes a new one";

export const usage = `Usage: undersigned log key [--new NAME | --adopt]

Without an option, shows the verifier key of this site's log: what others need to check it. The signing key is found as
the server finds it: by LOG_KEY, or in DATA_DIR/log-key, where one is made if there is none.

Options:
  --new NAME   prints a new signing key of this name, such as letters.example.org/log2. Nothing is stored: put it where
               LOG_KEY says. Whoever has it can sign in the site's name
  --adopt      from now on the log in the database is signed with this server's key. For when its key is lost or stolen,
               or when part of a published log is lost for good. Every reader's tools will notice; say on the site what
               has happened. All servers must be stopped
  --help       show this
`;

type Order = { readonly do: "show" | "adopt" } | { readonly do: "new"; readonly name: string };

/**
 * @param args the words after the command's name
 * @returns the exit code: 0 done, 1 not done, 2 called wrongly
 */
export function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCommand({ name: "log", usage }, args, surroundings, readOrder, obey);
}

/** @returns undefined when help is asked for */
function readOrder(args: readonly string[]): Order | undefined {
  const { values, positionals } = parseWords(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        new: { type: "string" },
        adopt: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }),
  );
  if (values.help) return undefined;
  if (positionals.join(" ") !== "key") throw new UsageError("what of the log? There is: undersigned log key");
  if (values.new !== undefined && values.adopt) throw new UsageError("--new or --adopt, not both");
  if (values.new !== undefined) return { do: "new", name: values.new };
  return { do: values.adopt ? "adopt" : "show" };
}

async function obey(order: Order, { env, out }: Surroundings): Promise<number> {
  if (order.do === "new") {
    out(`${await makeLogKey(order.name)}\n`);
    return 0;
  }
  const config = readConfig(env);
  const signer = await findLogSigner(config);
  if (order.do === "adopt") out(await adopt(config, signer));
  out(`${formatVerifierKey(signer.key)}\n`);
  return 0;
}

async function adopt(config: Config, signer: Awaited<ReturnType<typeof findLogSigner>>): Promise<string> {
  const open = await reachDatabase(config, true);
  try {
    const size = await adoptKey(open!.db, signer);
    return `The log goes on with ${size} entries, and from now on is signed with:\n`;
  } finally {
    await open!.close();
  }
}
