/**
 * Passkeys (Web Authentication Level 3). A passkey alone lets its owner in, so the device has to know its owner: by
 * fingerprint, face or PIN ("user verification"). The site keeps the public key and nothing secret.
 *
 * The library is loaded when it is first needed: it takes some 25 MB of memory, and readers never need it.
 */
import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import type { Account } from "./account.ts";
import { addressOf } from "./account.ts";
import { recordAct } from "./act.ts";
import { newChallenge, takeChallenge } from "./challenge.ts";
import type { DeskSite } from "./desk-site.ts";
import {
  deletePasskey,
  insertPasskey,
  type ListedPasskey,
  selectPasskeys,
  updatePasskeyName,
} from "./passkey-store.ts";

export type { ListedPasskey };

/** The newest first: EdDSA, then ECDSA and RSA, by their numbers at IANA (COSE algorithms). */
const algorithms = [-8, -7, -257];

/** How many passkeys an account can have. */
export const passkeyLimit = 20;

/** The answer of a browser to a request for a new passkey (RegistrationResponseJSON, section 5.1.8.1). */
export interface NewPasskey {
  readonly id: string;
  readonly rawId: string;
  readonly type: "public-key";
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly transports?: string[] | undefined;
  };
  readonly clientExtensionResults: Record<string, never>;
}

/** What a browser needs to make a passkey for an account (PublicKeyCredentialCreationOptionsJSON). */
export async function offerPasskey(
  db: Database,
  keys: Keys,
  clock: Clock,
  desk: DeskSite & { readonly rpId: string; readonly name: string },
  account: Account,
  browserHash: Buffer,
): Promise<object> {
  const { generateRegistrationOptions } = await import("@simplewebauthn/server");
  const known = await selectPasskeys(db, account.id);
  return generateRegistrationOptions({
    rpName: desk.name,
    rpID: desk.rpId,
    userID: Buffer.from(account.id.replaceAll("-", ""), "hex"),
    userName: await addressOf(db, keys, account.id),
    userDisplayName: account.name,
    challenge: await newChallenge(db, clock, browserHash, account.id),
    attestationType: "none",
    excludeCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId.toString("base64url"),
      transports,
    })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: algorithms,
  });
}

/** Adds the passkey that a browser has made. */
export function addPasskey(
  db: Database,
  clock: Clock,
  desk: DeskSite & { readonly rpId: string },
  account: Account,
  browserHash: Buffer,
  made: NewPasskey,
  name: string,
): Promise<{ readonly id: string } | Problem<"passkey-refused" | "passkey-limit">> {
  return inTransaction(db, async (trx) => {
    const now = clock();
    const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
    const verified = await verifyRegistrationResponse({
      response: { ...made, response: withoutNothing(made.response) },
      expectedChallenge: (challenge) => takeChallenge(trx, challenge, browserHash, account.id, now),
      expectedOrigin: desk.origin,
      expectedRPID: desk.rpId,
      supportedAlgorithmIDs: algorithms,
    }).catch(() => undefined);
    if (!verified?.verified) return problem("passkey-refused");
    if ((await selectPasskeys(trx, account.id)).length >= passkeyLimit) return problem("passkey-limit");

    const { credential } = verified.registrationInfo;
    const id = newId();
    const added = await insertPasskey(trx, {
      id,
      account_id: account.id,
      name,
      credential_id: Buffer.from(credential.id, "base64url"),
      public_key: Buffer.from(credential.publicKey),
      sign_count: credential.counter,
      transports: credential.transports ?? [],
      created_at: now,
    });
    if (!added) return problem("passkey-refused");
    await recordAct(trx, now, { actor: account, act: "passkey.added", subject: { id, name } });
    return { id };
  });
}

/** The passkeys of an account, the newest first. */
export function listPasskeys(db: Queryable, accountId: string): Promise<ListedPasskey[]> {
  return selectPasskeys(db, accountId);
}

/** Gives a passkey of one's own another name. Nothing happens where there is none. */
export function renamePasskey(
  db: Database,
  clock: Clock,
  account: Account,
  id: string,
  name: string,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const before = await updatePasskeyName(trx, account.id, id, name);
    if (before === undefined || before === name) return;
    await recordAct(trx, clock(), {
      actor: account,
      act: "passkey.renamed",
      subject: { id, name },
      before: { name: before },
      after: { name },
    });
  });
}

/** Takes away a passkey of one's own: it lets nobody in any more. Once more does no harm. */
export function removePasskey(db: Database, clock: Clock, account: Account, id: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    const name = await deletePasskey(trx, account.id, id);
    if (name === undefined) return;
    await recordAct(trx, clock(), { actor: account, act: "passkey.removed", subject: { id, name } });
  });
}

/** Leaves transports out where the browser did not name any. */
function withoutNothing({ transports, ...rest }: NewPasskey["response"]) {
  return transports ? { ...rest, transports } : rest;
}
