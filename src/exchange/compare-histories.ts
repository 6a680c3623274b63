/**
 * Two states of a log: is the smaller the beginning of the larger? Asked of the tiles alone, before anything else is
 * read, so that a rewritten history is told from files that are merely broken.
 */
import { equalBytes } from "../transparency/bytes.ts";
import type { Checkpoint } from "../transparency/checkpoint.ts";
import { edgeRoot, readEdge } from "../transparency/growth.ts";
import { hashLength } from "../transparency/sha256.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { readConsistencyProof } from "../transparency/tile-proof.ts";
import { levelLength, type Tile, tileAt, tilePath, tileWidth } from "../transparency/tiles.ts";
import { verifyConsistency } from "../transparency/tree.ts";

/** A state of the log, and where its tiles are read. */
export interface State {
  readonly checkpoint: Pick<Checkpoint, "size" | "root">;
  readonly tile: (tile: Tile) => Promise<Uint8Array | undefined>;
}

/**
 * `continues`: the one is the beginning of the other. `conflict`: it is not, and both were signed; `first` is the first
 * entry that differs, where the tiles tell it, and `proof` shows that the larger tree begins with another root,
 * `otherRoot`, at the smaller's size. `unclear`: the larger one's tiles are not those of its root.
 */
export type Comparison =
  | { readonly result: "continues" | "unclear" }
  | {
      readonly result: "conflict";
      readonly first: number | undefined;
      readonly otherRoot?: Uint8Array;
      readonly proof?: readonly Uint8Array[];
    };

/** A tile is missing or too short. */
class BrokenTile extends Error {}

/**
 * @param one a state whose size is at most that of `other`
 * @param other the larger one; of two that are equally large, either
 */
export async function compareHistories(one: State, other: State): Promise<Comparison> {
  const [smaller, larger] = [remembering(one), remembering(other)];
  const [first, second] = [smaller.checkpoint, larger.checkpoint];
  if (first.size === 0) return { result: "continues" };
  if (first.size === second.size) {
    if (equalBytes(first.root, second.root)) return { result: "continues" };
    return { result: "conflict", first: await firstDifference(smaller, larger) };
  }
  try {
    const read = (tile: Tile) => readWhole(larger, tile);
    const proof = await readConsistencyProof(nodeSha256, read, first.size, second.size);
    const beginsWith = (root: Uint8Array) =>
      verifyConsistency(nodeSha256, first.size, root, second.size, second.root, proof);
    if (beginsWith(first.root)) return { result: "continues" };
    const otherRoot = await rootAt(larger, first.size);
    if (!beginsWith(otherRoot)) return { result: "unclear" };
    return { result: "conflict", first: await firstDifference(smaller, larger), otherRoot, proof };
  } catch (error) {
    if (error instanceof BrokenTile) return { result: "unclear" };
    throw error;
  }
}

/** The same state, with each tile read once. There are few: a handful a level. */
function remembering({ checkpoint, tile }: State): State {
  const read = new Map<string, Promise<Uint8Array | undefined>>();
  return {
    checkpoint,
    tile: (wanted) => {
      const path = tilePath(wanted);
      if (!read.has(path)) read.set(path, tile(wanted));
      return read.get(path)!;
    },
  };
}

/** The root that a state's tiles give the tree of its first entries. */
async function rootAt(state: State, size: number): Promise<Uint8Array> {
  const edge = await readEdge(size, ({ level, index }) =>
    readWhole(state, tileAt(level, index, state.checkpoint.size)!),
  );
  return edgeRoot(nodeSha256, edge!);
}

/** The first entry in which two states differ, found from the top of the tree down; nothing if the tiles do not tell. */
async function firstDifference(one: State, other: State): Promise<number | undefined> {
  const size = Math.min(one.checkpoint.size, other.checkpoint.size);
  let level = 0;
  while (levelLength(level + 1, size) > 0) level++;
  let same = 0;
  try {
    for (; level >= 0; level--) {
      const span = tileWidth ** level;
      let at = same / span;
      while (at < levelLength(level, size) && (await sameHash(one, other, level, at))) at++;
      same = at * span;
    }
  } catch (error) {
    if (error instanceof BrokenTile) return undefined;
    throw error;
  }
  return same < size ? same : undefined;
}

async function sameHash(one: State, other: State, level: number, at: number): Promise<boolean> {
  const [left, right] = await Promise.all([one, other].map((state) => hashAt(state, level, at)));
  return equalBytes(left!, right!);
}

async function hashAt(state: State, level: number, at: number): Promise<Uint8Array> {
  const tile = tileAt(level, Math.floor(at / tileWidth), state.checkpoint.size)!;
  const start = (at % tileWidth) * hashLength;
  return (await readWhole(state, tile)).subarray(start, start + hashLength);
}

async function readWhole(state: State, tile: Tile): Promise<Uint8Array> {
  const bytes = await state.tile(tile);
  if (bytes?.length !== tile.width * hashLength) throw new BrokenTile(tilePath(tile));
  return bytes;
}
