/** What the commands that check a log have in common: how they are called, and how they end. */
import { runCommand, type Surroundings, UsageError } from "../foundation/command.ts";
import { printable } from "../foundation/printable.ts";

/** How a command ends. */
export const exitCodes = { holds: 0, fails: 1, usage: 2, unreadable: 3 } as const;

export const exitUsage = `Exit status: 0 all holds, 1 something does not, 2 called wrongly, 3 the source could not be read, so that nothing is said
about the log.
`;

/**
 * Runs a command that checks a log.
 * @param args the words after its name
 * @param readOrder gives what is to be done; undefined when help is asked for
 * @param obey does it. @returns the exit code
 * @returns the exit code, one of exitCodes
 */
export function runCheck<Order>(
  command: { readonly name: string; readonly usage: string },
  args: readonly string[],
  surroundings: Surroundings,
  readOrder: (args: readonly string[]) => Order | undefined | Promise<Order | undefined>,
  obey: (order: Order, surroundings: Surroundings) => Promise<number>,
): Promise<number> {
  const { err, progress } = surroundings;
  return runCommand(command, args, surroundings, readOrder, async (order) => {
    try {
      return await obey(order, surroundings);
    } catch (error) {
      progress?.("");
      if (error instanceof UsageError || !(error instanceof Error)) throw error;
      // A full disk says as little of the log as a site that does not answer.
      err(`undersigned ${command.name}: ${printable(error.message)}\nNothing is said about the log.\n`);
      return exitCodes.unreadable;
    }
  });
}

/** A web address, or the path of a folder. */
export function readSource(text: string): URL | string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw new UsageError(`${text} is no address of a site`);
  return url;
}
