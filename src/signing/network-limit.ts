/**
 * How often one network may have something done for it within an hour. Forms, so that nobody makes the site write to
 * thousands of strangers, or to one until nothing more goes to it. Many who sit in one office, or behind one provider,
 * share a network: the limit is far beyond what they send. Steps towards the desk likewise, and apart: neither keeps the
 * other out.
 */
import type { Database } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { countOnce, deleteNetworks } from "./network-limit-store.ts";

/**
 * How many are taken within an hour that begins with the first of them. Towards the desk somebody takes one step by mail,
 * two by passkey: a house of a hundred people comes in three times over.
 */
export const networkLimits = { form: 60, desk: 600 } as const;
const hour = 3_600_000;

/**
 * Counts a form, or a step towards the desk, that is about to be taken. Its own statement, and no part of the transaction
 * that takes it: those of one network would wait for each other otherwise.
 * @param network as publicNetwork writes it
 * @returns in how many minutes the next one is taken, if this one is not
 */
export async function admitNetwork(
  db: Database,
  keys: Keys,
  clock: Clock,
  network: string,
  what: keyof typeof networkLimits,
): Promise<"admitted" | Problem<"network-limit">> {
  const now = clock();
  const counted = keys.networkHash(what === "form" ? network : `${what} ${network}`);
  const { since, count } = await countOnce(db, counted, now, new Date(now.getTime() - hour));
  if (count <= networkLimits[what]) return "admitted";
  return problem("network-limit", { minutes: Math.ceil((since.getTime() + hour - now.getTime()) / 60_000) });
}

/** Forgets networks whose hour has passed. Run every few minutes. */
export function forgetNetworks(db: Database, clock: Clock): Promise<void> {
  return deleteNetworks(db, new Date(clock().getTime() - hour));
}
