/**
 * A receipt against the log as it is now. Its own proof says what was so when it was made; whether the log has kept to
 * it, and whether the signature still stands, only the log can say. Nothing of the receipt is sent anywhere: what is
 * read of the log tells its keeper no more than how old the receipt is.
 */
import { problem } from "../foundation/problem.ts";
import { equalBytes } from "./bytes.ts";
import { type Checkpoint, logProblem, readCheckpoint, type Trust } from "./checkpoint.ts";
import type { PresentCheckName, Report } from "./checks.ts";
import type { VerifySignature } from "./ed25519.ts";
import { edgeRoot, grow, readEdge } from "./growth.ts";
import { parseEntry, type SignEntry, serialiseEntry } from "./leaf.ts";
import { LetterHistory } from "./letter-history.ts";
import type { LogFiles } from "./log-reading.ts";
import { readAhead } from "./read-ahead.ts";
import { hashLength, type Sha256 } from "./sha256.ts";
import { type KnownStanding, standingOf } from "./standing.ts";
import {
  type ReadTile,
  readConsistencyProof,
  readInclusionProof,
  TileMissing,
  wholeTiles,
} from "./tile-proof.ts";
import { decodeBundle, type Tile, tileAt, tilePath, tileWidth } from "./tiles.ts";
import { leafHash, verifyConsistency, verifyInclusion } from "./tree.ts";

/** The log, with its tiles. */
export interface PresentLog extends LogFiles {
  readonly checkpoint: () => Promise<string>;
  readonly tile: (tile: Tile) => Promise<Uint8Array | undefined>;
}

/** What the receipt says of the log. */
export interface Said {
  readonly entry: SignEntry;
  readonly index: number;
  /** The receipt's checkpoint, where the log signed it: otherwise there is nothing that the log must have kept to. */
  readonly checkpoint: Checkpoint | undefined;
}

export interface FollowOptions {
  /** Not to read on through more entries than this; the standing is then not known. */
  readonly most?: number;
  readonly onRead?: (entries: number, of: number) => void;
}

/** Bundles on their way at once. */
const depth = 8;

/**
 * Runs the checks of the log's present, and notes each as soon as it has run. Rejects only when the source does.
 * @returns how the signature stands; nothing where that could not be found out
 */
export async function followReceipt(
  sha256: Sha256,
  verify: VerifySignature,
  checks: Report<PresentCheckName>,
  said: Said,
  trust: Pick<Trust, "log">,
  log: PresentLog,
  options: FollowOptions = {},
): Promise<KnownStanding | undefined> {
  const read = await readCheckpoint(await log.checkpoint(), { ...trust, witnesses: [] }, verify);
  const refused = "problem" in read ? read : logProblem(read, trust);
  checks.ran("present");
  if (refused) checks.report("present", refused);
  if (refused || "problem" in read) return undefined;
  const now = read.checkpoint;
  const readTile = wholeTiles(log.tile);
  /** A tile that is missing is a finding of the check that needs it. */
  const run = async <Result>(name: PresentCheckName, work: () => Promise<Result>) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TileMissing)) throw error;
      checks.report(name, problem("tile-missing", { path: tilePath(error.tile) }));
      return undefined;
    }
  };
  await run("grown", () => checkGrown(sha256, checks, said, now, readTile));
  if (!(await run("place", () => checkPlace(sha256, checks, said, now, readTile)))) return undefined;
  return run("standing", () => readStanding(sha256, checks, said, now, log, readTile, options));
}

/** The present tree begins with the receipt's. */
async function checkGrown(
  sha256: Sha256,
  checks: Report<PresentCheckName>,
  { checkpoint }: Said,
  now: Checkpoint,
  readTile: ReadTile,
): Promise<void> {
  if (!checkpoint) return;
  const { size, root } = checkpoint;
  if (size > now.size) return checks.report("grown", problem("log-shrank", { seen: size, size: now.size }));
  const proof = await readConsistencyProof(sha256, readTile, size, now.size);
  checks.ran("grown");
  if (!verifyConsistency(sha256, size, root, now.size, now.root, proof))
    checks.report("grown", problem("history-rewritten", { size }));
}

/** The present tree holds the entry at its index. */
async function checkPlace(
  sha256: Sha256,
  checks: Report<PresentCheckName>,
  { entry, index }: Said,
  { size, root }: Checkpoint,
  readTile: ReadTile,
): Promise<boolean> {
  const leaf = leafHash(sha256, serialiseEntry(entry));
  const proof = index < size ? await readInclusionProof(sha256, readTile, index, size) : undefined;
  checks.ran("place");
  if (proof && verifyInclusion(sha256, leaf, index, size, proof, root)) return true;
  checks.report("place", problem("inclusion-fails", { index, size }));
  return false;
}

/**
 * Reads the log from the entry's bundle to its end. What lies before comes as the hashes of tiles: with what is read it
 * must add up to the root, so neither can be wrong.
 */
async function readStanding(
  sha256: Sha256,
  checks: Report<PresentCheckName>,
  { entry, index }: Said,
  { size, root }: Checkpoint,
  log: PresentLog,
  readTile: ReadTile,
  { most = Number.POSITIVE_INFINITY, onRead }: FollowOptions,
): Promise<KnownStanding | undefined> {
  const start = index - (index % tileWidth);
  if (size - start > most) return undefined;
  const history = new LetterHistory();
  let edge = (await readEdge(start, ({ level, index }) => readTile(tileAt(level, index, size)!)))!;
  for await (const [tile, bundle] of readAhead(bundlesFrom(start, size), depth, log.bundle)) {
    const entries = bundle && decodeBundle(bundle, tile.width);
    if (!entries || "problem" in entries) {
      const code = entries ? entries.problem : "bundle-missing";
      checks.report("standing", problem(code, { path: tilePath(tile) }));
      return undefined;
    }
    const leaves = new Uint8Array(entries.length * hashLength);
    for (const [at, bytes] of entries.entries()) {
      leaves.set(leafHash(sha256, bytes), at * hashLength);
      const other = parseEntry(bytes);
      // The letter's earlier entries were not read, so that its own rules cannot be held against it here.
      if (!("problem" in other) && other.l === entry.l)
        history.add(sha256, other, edge.size + at, () => undefined);
    }
    edge = grow(sha256, edge, leaves).edge;
    onRead?.(edge.size - start, size - start);
  }
  checks.ran("standing");
  if (!equalBytes(edgeRoot(sha256, edge), root)) {
    checks.report("standing", problem("root-differs", { size }));
    return undefined;
  }
  const standing = standingOf(new Map([[entry.l, history]]), entry, index);
  if (standing !== "missing") return standing;
  // The log holds the entry there, and another with its number in the letter before it: withdrawals could mean either.
  checks.report("standing", problem("sequence-gap", { index, s: entry.s, expected: entry.s + 1 }));
  return undefined;
}

function* bundlesFrom(start: number, size: number): Generator<Tile> {
  for (let index = start / tileWidth; index * tileWidth < size; index++)
    yield tileAt("entries", index, size)!;
}
