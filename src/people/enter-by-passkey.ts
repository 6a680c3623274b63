/** Signing in by a passkey. The browser offers those that it has for the site, so nobody types who they are. */
import { createHash } from "node:crypto";
import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { newChallenge, takeChallenge } from "./challenge.ts";
import type { DeskSite } from "./desk-site.ts";
import { countFailures, insertFailure, lockPasskey, updatePasskeyUse } from "./passkey-store.ts";
import { enter, type Visit } from "./session.ts";

/** How often one passkey may fail, and within how many milliseconds; then it is not looked at until some time has passed. */
export const failureLimit = { times: 5, within: 15 * 60_000 } as const;

/** The answer of a browser that shows a passkey (AuthenticationResponseJSON, section 5.1.8.2). */
export interface ShownPasskey {
  readonly id: string;
  readonly rawId: string;
  readonly type: "public-key";
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
  };
  readonly clientExtensionResults: Record<string, never>;
}

/** What a browser needs to ask for a passkey (PublicKeyCredentialRequestOptionsJSON). The same for everybody. */
export async function askForPasskey(
  db: Database,
  clock: Clock,
  desk: DeskSite & { readonly rpId: string },
  browserHash: Buffer,
): Promise<object> {
  const { generateAuthenticationOptions } = await import("@simplewebauthn/server");
  return generateAuthenticationOptions({
    rpID: desk.rpId,
    challenge: await newChallenge(db, clock, browserHash),
    userVerification: "required",
  });
}

/**
 * Lets in whoever shows a passkey of an account.
 * @returns the token for the cookie
 */
export function enterByPasskey(
  db: Database,
  clock: Clock,
  desk: DeskSite & { readonly rpId: string },
  browserHash: Buffer,
  shown: ShownPasskey,
  visit: Visit,
): Promise<string | Problem<"passkey-refused" | "passkey-locked">> {
  const credentialId = Buffer.from(shown.id, "base64url");
  const shownHash = createHash("sha256").update(credentialId).digest();
  return inTransaction(db, async (trx) => {
    const now = clock();
    const row = await lockPasskey(trx, credentialId);
    const since = new Date(now.getTime() - failureLimit.within);
    if ((await countFailures(trx, shownHash, since)) >= failureLimit.times) return problem("passkey-locked");

    const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
    const verified =
      row &&
      (await verifyAuthenticationResponse({
        response: shown,
        expectedChallenge: (challenge) => takeChallenge(trx, challenge, browserHash, null, now),
        expectedOrigin: desk.origin,
        expectedRPID: desk.rpId,
        credential: {
          id: shown.id,
          publicKey: new Uint8Array(row.public_key),
          counter: row.sign_count,
        },
      }).catch(() => undefined));
    if (!row || !verified?.verified) {
      await insertFailure(trx, shownHash, now);
      return problem("passkey-refused");
    }
    await updatePasskeyUse(trx, row.id, verified.authenticationInfo.newCounter, now);
    return enter(trx, row.account, "passkey", visit, now);
  });
}
