/** A receipt against a log: by itself, and whether the log still says what it says. */

import { encodeUtf8, equalBytes } from "../transparency/bytes.ts";
import type { Trust } from "../transparency/checkpoint.ts";
import type { Check, ReceiptCheckName } from "../transparency/checks.ts";
import { verifyEd25519 } from "../transparency/ed25519.ts";
import { parseEntry } from "../transparency/leaf.ts";
import { parseProof } from "../transparency/proof.ts";
import { parseReceipt } from "../transparency/receipt.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { type Standing, standingOf } from "../transparency/standing.ts";
import { decodeBundle, tileAt, tileWidth } from "../transparency/tiles.ts";
import type { LogSource, Verification } from "../transparency/verify.ts";
import { verifyReceipt } from "../transparency/verify-receipt.ts";

export interface ReceiptResult {
  readonly checks: readonly Check<ReceiptCheckName>[];
  /** Whether the log has this very entry at this place; undefined where that could not be asked. */
  readonly present?: boolean;
  readonly standing?: Standing;
}

/** The checkpoint in a receipt, which the log must have kept to; nothing if the receipt is broken. */
export function checkpointOf(text: string): string | undefined {
  const receipt = parseReceipt(text);
  const proof = "problem" in receipt ? receipt : parseProof(receipt.proof);
  return "problem" in proof ? undefined : proof.checkpoint;
}

/**
 * Checks a receipt by itself, and compares it with a log that was read whole.
 * @param result what came out of verifying the log
 */
export async function compareReceipt(
  text: string,
  trust: Trust,
  source: LogSource,
  result: Verification,
): Promise<ReceiptResult> {
  const checks = await verifyReceipt(nodeSha256, verifyEd25519, text, trust);
  const receipt = parseReceipt(text);
  const proof = "problem" in receipt ? receipt : parseProof(receipt.proof);
  if ("problem" in receipt || "problem" in proof || !result.histories || !result.checkpoint)
    return { checks };
  const bytes = encodeUtf8(receipt.entry);
  const entry = parseEntry(bytes);
  if ("problem" in entry || entry.t !== "sign") return { checks };
  const logged = await readEntry(source, proof.index, result.checkpoint.size);
  const present = logged !== undefined && equalBytes(logged, bytes);
  return { checks, present, standing: standingOf(result.histories, entry, proof.index) };
}

async function readEntry(source: LogSource, index: number, size: number): Promise<Uint8Array | undefined> {
  const tile = tileAt("entries", Math.floor(index / tileWidth), size);
  const bundle = tile && (await source.bundle(tile));
  const entries = bundle && decodeBundle(bundle, tile.width);
  return entries && !("problem" in entries) ? entries[index % tileWidth] : undefined;
}
