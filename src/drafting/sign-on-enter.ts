import type { Transaction } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { enterSigned } from "../signing/enter-signed.ts";
import { countGiven, type StandingSignOn, updateEntered } from "./sign-on-store.ts";

/** What became of a circulation's sign-ons. */
export interface EnteredSignOns {
  /** Signatures that count. */
  readonly accepted: number;
  /** Signatures that are held for a look (signing/hold-rules.ts). */
  readonly held: number;
  /** Not for these words, or waiting on a condition. */
  readonly left: number;
}

/**
 * Makes signatures of the sign-ons that stand for the words that have just become public, in the same transaction and in
 * the order in which they were given. Those that wait on a condition, or were given for other words, are left: nobody's
 * name stands under what they did not sign. The rules that hold a form hold a sign-on, too.
 * @param standing those that stand for the frozen draft that was published
 */
export async function enterSignOns(
  trx: Transaction,
  keys: Keys,
  clock: Clock,
  letterId: string,
  standing: readonly StandingSignOn[],
): Promise<EnteredSignOns> {
  const given = await countGiven(trx, letterId);
  const count = { accepted: 0, held: 0 };
  for (const { id, language, at, sealed, hash, foundGood, ...signatory } of standing) {
    const entered = await enterSigned(trx, keys, clock(), letterId, 1, {
      signed: { ...signatory, updates: false },
      emailSealed: sealed,
      emailHash: hash,
      language,
      at,
      foundGood,
    });
    await updateEntered(trx, id, entered.id);
    count[entered.state] += 1;
  }
  return { ...count, left: given - standing.length };
}
