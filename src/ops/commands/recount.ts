/** `undersigned recount`: counts every letter's signatures anew, and puts right what was kept wrongly. */
import { parseArgs } from "node:util";
import { readConfig } from "../../config.ts";
import { reachDatabase } from "../../database/reach.ts";
import { parseWords, runCommand, type Surroundings } from "../../foundation/command.ts";
import { recountLetters } from "../../signing/recount.ts";
import { withSecretKey } from "../secret-key.ts";

export const summary = "counts signatures anew, and puts kept counts right";

export const usage = `Usage: undersigned recount

Counts are kept, not counted: they change with every signature. This holds them against the signatures, letter by letter,
and writes down the right ones where they differ, which they only do when somebody has written into the database by hand.
It may run beside the server; whoever signs waits for some seconds while a letter with a million signatures is counted.

Options:
  --help               show this
`;

/**
 * @param args the words after the command's name
 * @returns the exit code: 0 all counts are right now, 1 not done, 2 called wrongly
 */
export function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCommand(
    { name: "recount", usage },
    args,
    surroundings,
    () => {
      const { values } = parseWords(() =>
        parseArgs({ args: [...args], options: { help: { type: "boolean", short: "h" } } }),
      );
      return values.help ? undefined : "recount";
    },
    () => recount(surroundings),
  );
}

async function recount({ env, out }: Surroundings): Promise<number> {
  const open = (await reachDatabase(await withSecretKey(readConfig(env)), true))!;
  try {
    const { letters, mended } = await recountLetters(open.db);
    for (const id of mended) out(`Put right: the counts of the letter ${id}.\n`);
    out(`Counted the signatures of ${letters} letters; ${mended.length} had wrong counts.\n`);
    return 0;
  } finally {
    await open.close();
  }
}
