/** Checks a receipt, offline: all that is needed beside it are the keys that the reader trusts. */
import { problem } from "../foundation/problem.ts";
import { decodeBase64url, encodeBase64url, encodeUtf8, equalBytes } from "./bytes.ts";
import { readCheckpoint, type Trust } from "./checkpoint.ts";
import {
  type Check,
  Checks,
  checkSigners,
  type ReceiptCheckName,
  type Report,
  receiptChecks,
} from "./checks.ts";
import { commit, ownerHash } from "./commitment.ts";
import type { VerifySignature } from "./ed25519.ts";
import { parseEntry, type SignEntry } from "./leaf.ts";
import { parseManifest } from "./manifest.ts";
import { parseProof } from "./proof.ts";
import { type PrivatePart, parseReceipt } from "./receipt.ts";
import type { Sha256 } from "./sha256.ts";
import { leafHash, verifyInclusion } from "./tree.ts";

type ReceiptReport = Report<ReceiptCheckName>;

/**
 * Checks a receipt's text. That all checks passed says: this name signed this revision, and the log says so to
 * everybody whom the witnesses serve. It does not say that the signature still stands.
 */
export async function verifyReceipt(
  sha256: Sha256,
  verify: VerifySignature,
  text: string,
  trust: Trust,
): Promise<Check<ReceiptCheckName>[]> {
  const checks = new Checks<ReceiptCheckName>(receiptChecks);
  const receipt = parseReceipt(text);
  checks.ran("receipt");
  if ("problem" in receipt) {
    checks.report("receipt", receipt);
    return checks.results();
  }
  const bytes = encodeUtf8(receipt.entry);
  await checkProof(sha256, verify, checks, receipt.proof, bytes, trust);
  const entry = parseEntry(bytes);
  checks.ran("entry");
  if ("problem" in entry) checks.report("entry", entry);
  else if (entry.t !== "sign") checks.report("entry", problem("entry-not-signature"));
  else {
    if (receipt.manifest !== undefined) checkManifest(sha256, checks, receipt.manifest, entry);
    if (receipt.private) checkPrivate(sha256, checks, receipt.private, entry);
  }
  return checks.results();
}

/** The log and its witnesses signed a tree that holds the entry. */
async function checkProof(
  sha256: Sha256,
  verify: VerifySignature,
  checks: ReceiptReport,
  text: string,
  entry: Uint8Array,
  trust: Trust,
): Promise<void> {
  const proof = parseProof(text);
  if ("problem" in proof) return checks.report("inclusion", proof);
  const read = await readCheckpoint(proof.checkpoint, trust, verify);
  if ("problem" in read) return checks.report("checkpoint", read);
  checkSigners(checks, read, trust);
  const { size, root } = read.checkpoint;
  checks.ran("inclusion");
  const included =
    entry.length <= 0xffff &&
    verifyInclusion(sha256, leafHash(sha256, entry), proof.index, size, proof.hashes, root);
  if (!included) checks.report("inclusion", problem("inclusion-fails", { index: proof.index, size }));
}

/** The manifest is of this letter, and the one that was signed. */
function checkManifest(sha256: Sha256, checks: ReceiptReport, text: string, entry: SignEntry): void {
  const bytes = encodeUtf8(text);
  const manifest = parseManifest(bytes);
  checks.ran("manifest");
  if ("problem" in manifest) checks.report("manifest", manifest);
  else if (manifest.letter !== entry.l || encodeBase64url(sha256(bytes)) !== entry.r)
    checks.report("manifest", problem("manifest-differs"));
}

/** The entry commits to these values, and waits for this owner secret. */
function checkPrivate(sha256: Sha256, checks: ReceiptReport, part: PrivatePart, entry: SignEntry): void {
  const secret = (text: string) => decodeBase64url(text)!;
  const { commitment } = commit(sha256, secret(part.master), secret(entry.l), part);
  checks.ran("commitment");
  if (!equalBytes(commitment, secret(entry.c))) checks.report("commitment", problem("commitment-differs"));
  if (part.owner === undefined) return;
  checks.ran("owner");
  if (!equalBytes(ownerHash(sha256, secret(part.owner)), secret(entry.u)))
    checks.report("owner", problem("owner-differs"));
}
