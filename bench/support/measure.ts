/** What every bench shares: rows for the table, medians, and processes that are stopped by their own id. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";

/** One line of the table in the README. */
export interface Row {
  readonly question: string;
  readonly measured: string;
  readonly bound: string;
  readonly holds: boolean;
}

/** The middle of the values, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Starts a Node process, on one core of its own where the machine has several and taskset.
 * @param core which core
 */
export function startNode(
  args: readonly string[],
  core: number,
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const pinned = process.platform === "linux" && availableParallelism() > 1;
  const command = pinned ? ["taskset", "-c", String(core), process.execPath] : [process.execPath];
  return spawn(command[0]!, [...command.slice(1), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
}

/** Stops a process that startNode started, and waits until it has ended. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

/** Waits until a URL answers 200. Gives up after a minute. */
export async function untilServed(url: string): Promise<void> {
  const end = performance.now() + 60_000;
  while (performance.now() < end) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${url} does not answer`);
}
