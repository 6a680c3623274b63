/**
 * Whether enough witnesses stand behind a receipt. The rule is one, wherever a receipt is checked: a quorum of those asked
 * for has cosigned one checkpoint of the log, the receipt's own, or one that is no smaller and is proven to go on from it.
 * What witnesses cosign today, they cosign with all that it began with: so a receipt of before they did is as good as any.
 */
import { type Checkpoint, logProblem, readCheckpoint, type Trust } from "./checkpoint.ts";
import { type Cosigned, checkCosigners } from "./cosigners.ts";
import type { VerifySignature } from "./ed25519.ts";
import type { Sha256 } from "./sha256.ts";
import { type ReadTile, readConsistencyProof, TileMissing, wholeTiles } from "./tile-proof.ts";
import type { Tile } from "./tiles.ts";
import { verifyConsistency } from "./tree.ts";

export interface ReceiptWitnesses extends Cosigned {
  /** Where too few had cosigned the receipt's own checkpoint: the size of the later one that enough have cosigned. */
  readonly later?: number;
}

/** What is known of the log beside the receipt. */
export interface KnownLog {
  /** Signed checkpoints of this log, the newest first: what the others prove is proven in its tree. */
  readonly checkpoints: readonly string[];
  readonly tile: (tile: Tile) => Promise<Uint8Array | undefined>;
}

/**
 * @param own the receipt's signed checkpoint; nothing where it has none
 * @returns what is to be said in the check "witnesses". Rejects only when the source does
 */
export async function checkReceiptWitnesses(
  sha256: Sha256,
  verify: VerifySignature,
  own: string | undefined,
  trust: Trust,
  { checkpoints, tile }: KnownLog,
): Promise<ReceiptWitnesses> {
  const then = await checkCosigners(own, trust, verify);
  const missed = then.check.findings.every(({ problem }) => problem === "quorum-missed");
  const [receipt, newest] = await Promise.all(
    [own, checkpoints[0]].map((note) => signedCheckpoint(note, trust, verify)),
  );
  if (then.check.outcome !== "failed" || !missed || !receipt || !newest) return then;
  const isBeginning = async (one: Checkpoint) => begins(sha256, one, newest, wholeTiles(tile));
  for (const note of checkpoints) {
    const later = await signedCheckpoint(note, trust, verify);
    const cosigned = await checkCosigners(note, trust, verify);
    if (!later || later.size < receipt.size || cosigned.check.outcome !== "passed") continue;
    if ((await isBeginning(receipt)) && (await isBeginning(later))) return { ...cosigned, later: later.size };
  }
  return then;
}

async function signedCheckpoint(
  note: string | undefined,
  trust: Trust,
  verify: VerifySignature,
): Promise<Checkpoint | undefined> {
  const read = note === undefined ? undefined : await readCheckpoint(note, trust, verify);
  return !read || "problem" in read || logProblem(read, trust) ? undefined : read.checkpoint;
}

/** Whether one tree is proven to be the beginning of another. */
async function begins(
  sha256: Sha256,
  one: Checkpoint,
  other: Checkpoint,
  readTile: ReadTile,
): Promise<boolean> {
  if (one.size > other.size) return false;
  try {
    const proof = await readConsistencyProof(sha256, readTile, one.size, other.size);
    return verifyConsistency(sha256, one.size, one.root, other.size, other.root, proof);
  } catch (error) {
    if (error instanceof TileMissing) return false;
    throw error;
  }
}
