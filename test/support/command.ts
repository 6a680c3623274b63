/** Runs a command by its door and gives what it said. */
import type { Surroundings } from "../../src/foundation/command.ts";

export type Run = (args: readonly string[], surroundings: Surroundings) => Promise<number>;

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** With nothing in its environment. */
export function say(run: Run, ...args: string[]): Promise<Said> {
  return sayIn({}, run, ...args);
}

/** In an environment of its own. */
export async function sayIn(env: NodeJS.ProcessEnv, run: Run, ...args: string[]): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    env,
    clock: () => new Date(),
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  });
  return { code, out: out.join(""), err: err.join("") };
}
