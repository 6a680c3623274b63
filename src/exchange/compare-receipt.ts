/** A receipt against a log: by itself, and whether the log still says what it says. */

import { encodeUtf8, equalBytes } from "../transparency/bytes.ts";
import type { Trust } from "../transparency/checkpoint.ts";
import type { Check, ReceiptCheckName } from "../transparency/checks.ts";
import { verifyEd25519 } from "../transparency/ed25519.ts";
import type { PresentLog } from "../transparency/follow-receipt.ts";
import { parseEntry } from "../transparency/leaf.ts";
import { parseProof } from "../transparency/proof.ts";
import { parseReceipt } from "../transparency/receipt.ts";
import { checkReceiptWitnesses } from "../transparency/receipt-witnesses.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { type Standing, standingOf } from "../transparency/standing.ts";
import { decodeBundle, tileAt, tileWidth } from "../transparency/tiles.ts";
import type { LogSource, Verification } from "../transparency/verify.ts";
import { verifyReceipt } from "../transparency/verify-receipt.ts";

export interface ReceiptResult {
  readonly checks: readonly Check<ReceiptCheckName>[];
  /** Where enough witnesses cosigned the log only after the receipt was made: the size that they cosigned. */
  readonly cosignedLater?: number;
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

/** A log that receipts are compared with. */
export interface ReadLog {
  readonly source: LogSource & PresentLog;
  /** What came out of verifying it. */
  readonly result: Verification;
  /** Signed checkpoints of it that were seen before. */
  readonly seen: readonly string[];
}

/** Checks a receipt by itself, and compares it with a log that was read whole. */
export async function compareReceipt(text: string, trust: Trust, log: ReadLog): Promise<ReceiptResult> {
  const own = await verifyReceipt(nodeSha256, verifyEd25519, text, trust);
  const checkpoints = log.result.note === undefined ? [] : [log.result.note, ...log.seen];
  const known = { checkpoints, tile: log.source.tile };
  const witnessed = await checkReceiptWitnesses(nodeSha256, verifyEd25519, checkpointOf(text), trust, known);
  const checks = own.map((check) => (check.name === "witnesses" ? witnessed.check : check));
  const { later } = witnessed;
  return {
    checks,
    ...(later !== undefined && { cosignedLater: later }),
    ...(await compareEntry(text, log)),
  };
}

/** Whether the log has a receipt's entry, and what became of it. */
async function compareEntry(
  text: string,
  { source, result }: ReadLog,
): Promise<Pick<ReceiptResult, "present" | "standing">> {
  const receipt = parseReceipt(text);
  const proof = "problem" in receipt ? receipt : parseProof(receipt.proof);
  if ("problem" in receipt || "problem" in proof || !result.histories || !result.checkpoint) return {};
  const bytes = encodeUtf8(receipt.entry);
  const entry = parseEntry(bytes);
  if ("problem" in entry || entry.t !== "sign") return {};
  const logged = await readEntry(source, proof.index, result.checkpoint.size);
  const present = logged !== undefined && equalBytes(logged, bytes);
  return { present, standing: standingOf(result.histories, entry, proof.index) };
}

async function readEntry(source: LogSource, index: number, size: number): Promise<Uint8Array | undefined> {
  const tile = tileAt("entries", Math.floor(index / tileWidth), size);
  const bundle = tile && (await source.bundle(tile));
  const entries = bundle && decodeBundle(bundle, tile.width);
  return entries && !("problem" in entries) ? entries[index % tileWidth] : undefined;
}
