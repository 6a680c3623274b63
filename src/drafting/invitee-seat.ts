import type { Transaction } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { hashToken } from "../foundation/token.ts";
import { selectDraft } from "./draft-store.ts";
import { findSeat, type Seat } from "./invitee.ts";
import { selectByLink } from "./invitee-store.ts";

/**
 * The place of a private link, for whoever changes something there. The letter's draft is locked until the transaction
 * ends: neither is another frozen meanwhile, nor is it published.
 */
export async function lockSeat(
  trx: Transaction,
  keys: Keys,
  clock: Clock,
  token: string,
): Promise<Seat | Problem<"link-ended">> {
  const found = await selectByLink(trx, hashToken(token), clock());
  if (!found) return problem("link-ended");
  await selectDraft(trx, found.invitee.letterId, "lock");
  const seat = await findSeat(trx, keys, clock, token);
  return !seat || "shut" in seat ? problem("link-ended") : seat;
}
