/** What the log is told of a letter's text: each revision, by the hash of its manifest, and the end of signing. */
import type { Queryable, Transaction } from "../database/open.ts";
import { encodeBase64url } from "../transparency/bytes.ts";
import { letterIdBytes } from "../transparency/letter-id.ts";
import { type Manifest, manifestHash, manifestOf } from "../transparency/manifest.ts";
import { queueEvent } from "../transparency/queue.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import {
  selectLatestRevision,
  selectTexts,
  selectUnloggedLetters,
  updateManifestHash,
} from "./revision-store.ts";

/** The manifest of a revision, from its stored texts; nothing if there is no such revision. */
export async function findManifest(
  db: Queryable,
  letterId: string,
  revision: number,
): Promise<Manifest | undefined> {
  const texts = await selectTexts(db, letterId, revision);
  if (Object.keys(texts).length === 0) return undefined;
  return manifestOf(nodeSha256, letterIdBytes(letterId), revision, texts);
}

/**
 * Queues a revision whose texts have been written. From now on signatures are under it.
 * @returns the hash of its manifest in base64url
 */
export async function logRevision(trx: Transaction, letterId: string, revision: number): Promise<string> {
  const manifest = await findManifest(trx, letterId, revision);
  if (!manifest) throw new Error(`revision ${revision} of letter ${letterId} has no text`);
  const hash = manifestHash(nodeSha256, manifest);
  await updateManifestHash(trx, letterId, revision, hash);
  const text = encodeBase64url(hash);
  await queueEvent(trx, { letterId }, { t: "rev", q: revision, r: text });
  return text;
}

/** Queues the end of signing, under the latest revision. */
export async function logClose(trx: Transaction, letterId: string): Promise<void> {
  await queueEvent(trx, { letterId }, { t: "close", r: await latestTextHash(trx, letterId) });
}

/** What signatures are under now: the hash of the latest revision's manifest, in base64url. */
export async function latestTextHash(trx: Transaction, letterId: string): Promise<string> {
  const latest = await selectLatestRevision(trx, letterId);
  if (!latest?.hash) throw new Error(`letter ${letterId} has no revision in the log`);
  return encodeBase64url(latest.hash);
}

/** Letters that were published before there was a log: their revisions that have not been queued for it. */
export const findUnloggedLetters = selectUnloggedLetters;
