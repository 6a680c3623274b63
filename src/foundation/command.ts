/** What all commands of the command line share: what they are given, how they are called wrongly, how they end. */
import type { Clock } from "./clock.ts";

/** What a command is given by bin/undersigned. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  out(text: string): void;
  err(text: string): void;
  /** Shows how far the work is, in place of what was shown before; absent where nobody watches. */
  readonly progress?: ((text: string) => void) | undefined;
}

/** The command was called in a way that it does not know. */
export class UsageError extends Error {}

/**
 * Runs a command: reads how it was called, and does it.
 * @param name as it is called, such as `import-listing`
 * @param args the words after the name
 * @param readOrder takes them apart; nothing when help is asked for
 * @param obey does it. @returns the exit code
 * @returns the exit code: that of obey, 1 when it threw, 2 when the command was called wrongly
 */
export async function runCommand<Order>(
  { name, usage }: { readonly name: string; readonly usage: string },
  args: readonly string[],
  surroundings: Surroundings,
  readOrder: (args: readonly string[]) => Order | undefined | Promise<Order | undefined>,
  obey: (order: Order, surroundings: Surroundings) => Promise<number>,
): Promise<number> {
  const { out, err } = surroundings;
  try {
    const order = await readOrder(args);
    if (order !== undefined) return await obey(order, surroundings);
    out(usage);
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    err(`undersigned ${name}: ${error.message}\n`);
    if (!(error instanceof UsageError)) return 1;
    err(`undersigned ${name} --help shows how it is used.\n`);
    return 2;
  }
}

/** Takes the words after a command's name apart (node:util parseArgs). @throws UsageError for words that it does not know */
export function parseWords<Values>(parse: () => Values): Values {
  try {
    return parse();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
