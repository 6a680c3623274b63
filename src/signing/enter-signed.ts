import type { Transaction } from "../database/open.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { holdText } from "../letters/text-lock.ts";
import { acceptSignature } from "./accept.ts";
import { countMove } from "./counts.ts";
import { findHold, holdSignature } from "./hold.ts";
import type { Signed } from "./signature.ts";
import { insertSignature } from "./signature-store.ts";

/** Somebody who signed before the letter was public, by a private link that was mailed to their address. */
export interface EarlySignatory {
  readonly signed: Signed;
  readonly emailSealed: Buffer;
  readonly emailHash: Buffer;
  readonly language: string;
  /** When they signed. */
  readonly at: Date;
  /** Whether the desk has looked at it already, and found it good. */
  readonly foundGood: boolean;
}

/**
 * Enters a signature that was given before the letter became public, in the transaction in which it becomes so: the
 * address is confirmed, for the link by which it was given was mailed there. As after any confirmation it counts at once,
 * is in the log, and its signatory is mailed the receipt with the private link; or it is held for a look first
 * (hold-rules.ts), unless somebody of the desk has looked before.
 * @param revision the letter's, which has the words that were signed
 * @returns the signature's id, and what became of it
 */
export async function enterSigned(
  trx: Transaction,
  keys: Keys,
  now: Date,
  letterId: string,
  revision: number,
  { signed, emailSealed, emailHash, language, at, foundGood }: EarlySignatory,
): Promise<{ readonly id: string; readonly state: "accepted" | "held" }> {
  await holdText(trx, letterId);
  const id = newId();
  await insertSignature(trx, signed, {
    id,
    letterId,
    revision,
    language,
    emailSealed,
    emailHash,
    createdAt: at,
  });
  await countMove(trx, letterId, undefined, "pending");
  const row = {
    ...signed,
    id,
    letter_id: letterId,
    state: "pending" as const,
    language,
    latest: revision,
    email_sealed: emailSealed,
    email_hash: emailHash,
  };
  const hold = foundGood ? undefined : await findHold(trx, keys, row);
  if (hold) {
    await holdSignature(trx, keys, row, now, hold, undefined);
    return { id, state: "held" };
  }
  await acceptSignature(trx, keys, row, now, { change: "accepted", mail: true });
  return { id, state: "accepted" };
}
