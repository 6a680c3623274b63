/**
 * How many forms one network may send within an hour, so that nobody makes the site write to thousands of strangers, or
 * to one until nothing more goes to it. Many who sit in one office, or behind one provider, share a network: the limit is
 * far beyond what they send. Who wants to come to the desk is counted likewise, and apart: neither keeps the other out.
 */
import type { Database } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { countForm, deleteNetworks } from "./form-limit-store.ts";

/** Forms of one network within an hour that begins with the first of them. */
export const formLimit = 60;
/**
 * Steps towards the desk of one network within such an hour. By mail somebody takes one, by passkey two: a house of a
 * hundred people comes in three times over.
 */
export const deskLimit = 600;
const hour = 3_600_000;

/**
 * Counts a form that is about to be taken. Its own statement, and no part of the transaction that takes the form: those
 * of one network would wait for each other otherwise.
 * @param network as publicNetwork writes it
 * @param to what the form is for
 * @returns in how many minutes the next one is taken, if this one is not
 */
export async function admitForm(
  db: Database,
  keys: Keys,
  clock: Clock,
  network: string,
  to: "sign" | "desk" = "sign",
): Promise<"admitted" | Problem<"too-many-forms">> {
  const now = clock();
  const { since, forms } = await countForm(
    db,
    keys.networkHash(to === "sign" ? network : `desk ${network}`),
    now,
    new Date(now.getTime() - hour),
  );
  if (forms <= (to === "sign" ? formLimit : deskLimit)) return "admitted";
  return problem("too-many-forms", { minutes: Math.ceil((since.getTime() + hour - now.getTime()) / 60_000) });
}

/** Forgets networks whose hour has passed. Run every few minutes. */
export function forgetNetworks(db: Database, clock: Clock): Promise<void> {
  return deleteNetworks(db, new Date(clock().getTime() - hour));
}
