import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Keys } from "../foundation/keys.ts";
import { hashToken } from "../foundation/token.ts";
import { findManifest } from "../letters/log-text.ts";
import { decodeBase64url, decodeUtf8, encodeBase64url } from "../transparency/bytes.ts";
import { commit, type FieldValues } from "../transparency/commitment.ts";
import { findEntry, findLoggedSignature, proveEntry } from "../transparency/find-entry.ts";
import { parseEntry } from "../transparency/leaf.ts";
import { letterIdBytes } from "../transparency/letter-id.ts";
import { serialiseManifest } from "../transparency/manifest.ts";
import type { Receipt } from "../transparency/receipt.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import type { SiteLog } from "../transparency/site-log.ts";
import { formatVerifierKey } from "../transparency/verifier-key.ts";
import { committedValues, type LoggableSignature } from "./log-signature.ts";
import { findOwnerSecret } from "./owner-secret.ts";
import { selectSecret } from "./secret-store.ts";
import { selectByToken } from "./token-store.ts";

/** How long a page waits for an entry that is on its way, and how often it looks, in milliseconds. */
const patience = 3_000;
const pollInterval = 100;

/** A receipt, and where its entry stands. */
export interface MadeReceipt {
  readonly receipt: Receipt;
  readonly index: number;
  /** The hash of the owner secret, base64url: by it a browser finds the secret that it has made. */
  readonly owner: string;
}

/**
 * Makes the receipt of an accepted signature.
 * @param token the private link's; where the owner secret follows from it, the receipt holds the secret
 * @returns nothing while its entry is not in the log that readers know: a moment after it was accepted
 */
export async function makeReceipt(
  db: Database,
  keys: Keys,
  siteLog: SiteLog,
  row: LoggableSignature & { readonly revision: number },
  token: string,
): Promise<MadeReceipt | undefined> {
  const [secret, logged, published] = await Promise.all([
    selectSecret(db, row.id),
    findLoggedSignature(db, row.id),
    siteLog.published(),
  ]);
  if (!secret || !logged || logged.withdrawn || logged.index >= published.checkpoint.size) return undefined;
  const values = committedValues(row, keys);
  const master = keys.open(secret.master_sealed);
  const entry = await findEntry(db, logged.index);
  if (!isEntryOf(entry!, letterIdBytes(row.letter_id), values, master)) return undefined;
  const [proof, manifest] = await Promise.all([
    proveEntry(db, logged.index, published),
    findManifest(db, row.letter_id, row.revision),
  ]);
  const owner = findOwnerSecret(token, secret.owner_hash);
  return {
    index: logged.index,
    owner: encodeBase64url(secret.owner_hash),
    receipt: {
      key: formatVerifierKey(siteLog.key),
      entry: decodeUtf8(entry!)!,
      proof,
      manifest: decodeUtf8(serialiseManifest(manifest!))!,
      private: {
        ...values,
        master,
        ...(owner && { owner: encodeBase64url(owner) }),
      },
    },
  };
}

/** Whether an entry commits to these values; while a new one waits for its number, the log still holds the one before. */
function isEntryOf(bytes: Uint8Array, letterId: Uint8Array, values: FieldValues, master: string): boolean {
  const entry = parseEntry(bytes);
  const { commitment } = commit(nodeSha256, decodeBase64url(master)!, letterId, values);
  return "t" in entry && entry.t === "sign" && entry.c === encodeBase64url(commitment);
}

/** The receipt of the signature that a private link leads to; nothing while it is not in the log, or does not stand. */
async function findReceipt(
  db: Database,
  keys: Keys,
  clock: Clock,
  siteLog: SiteLog,
  token: string,
): Promise<MadeReceipt | undefined> {
  const row = await selectByToken(db, hashToken(token), "access", "");
  if (row?.state !== "accepted" || (row.expires_at && row.expires_at <= clock())) return undefined;
  return makeReceipt(db, keys, siteLog, row, token);
}

/** The same, waiting a little where the entry is on its way into the log. */
export async function awaitReceipt(
  ...asked: Parameters<typeof findReceipt>
): Promise<MadeReceipt | undefined> {
  const end = performance.now() + patience;
  for (;;) {
    const made = await findReceipt(...asked);
    if (made || performance.now() > end) return made;
    await sleep(pollInterval);
  }
}
