/** What a passkey is asked to sign: fresh random bytes, good once, for five minutes, and for one browser. */
import { randomBytes } from "node:crypto";
import type { Database, Transaction } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import { hashToken } from "../foundation/token.ts";
import { deleteChallenge, insertChallenge } from "./passkey-store.ts";

/** How long it can be answered, in milliseconds. */
export const challengeLife = 5 * 60_000;

/**
 * Makes a challenge.
 * @param accountId whom a new passkey is for; none when somebody signs in
 * @returns 32 random bytes (WebAuthn section 13.4.3 asks for 16)
 */
export async function newChallenge(
  db: Database,
  clock: Clock,
  browserHash: Buffer,
  accountId?: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = new Uint8Array(randomBytes(32));
  const now = clock();
  await insertChallenge(
    db,
    {
      hash: hashToken(Buffer.from(challenge).toString("base64url")),
      browser_hash: browserHash,
      account_id: accountId ?? null,
      expires_at: new Date(now.getTime() + challengeLife),
    },
    now,
  );
  return challenge;
}

/** Takes a challenge as answered, in base64url. @returns whether it was open to this browser, for this account */
export function takeChallenge(
  trx: Transaction,
  challenge: string,
  browserHash: Buffer,
  accountId: string | null,
  now: Date,
): Promise<boolean> {
  return deleteChallenge(trx, hashToken(challenge), browserHash, accountId, now);
}
