/** Proofs from tiles: which tiles hold the hashes, read once each, and the proof put together from them. */
import { consistencySubtrees, hashSubtrees, inclusionSubtrees, type Node, type Subtree } from "./prove.ts";
import { hashLength, type Sha256 } from "./sha256.ts";
import { type Tile, tileAt, tileHeight, tilePath } from "./tiles.ts";
import { rootOf } from "./tree.ts";

/** Gives a tile's bytes, exactly 32 for each hash of its width. */
export type ReadTile = (tile: Tile) => Promise<Uint8Array>;

/** A tile that the checkpoint counts and the source lacks, or gives in another length. */
export class TileMissing extends Error {
  readonly tile: Tile;
  constructor(tile: Tile) {
    super(`there is no ${tilePath(tile)}`);
    this.tile = tile;
  }
}

/** Reads whole tiles, out of a source that may lack some. The function that it gives throws TileMissing. */
export function wholeTiles(read: (tile: Tile) => Promise<Uint8Array | undefined>): ReadTile {
  return async (tile) => {
    const bytes = await read(tile);
    if (bytes?.length !== tile.width * hashLength) throw new TileMissing(tile);
    return bytes;
  };
}

/** Proof that the leaf at `index` is in the tree of `size`; from the leaf's sibling up. */
export function readInclusionProof(
  sha256: Sha256,
  readTile: ReadTile,
  index: number,
  size: number,
): Promise<Uint8Array[]> {
  return readProof(sha256, readTile, inclusionSubtrees(index, size), size);
}

/** Proof that the tree of `first` leaves is the beginning of the tree of `second`. */
export function readConsistencyProof(
  sha256: Sha256,
  readTile: ReadTile,
  first: number,
  second: number,
): Promise<Uint8Array[]> {
  return readProof(sha256, readTile, consistencySubtrees(first, second), second);
}

/** The tile of a tree of this size that holds a perfect subtree's hash or what it is made of. */
export function tileOfNode(node: Node, size: number): Tile {
  const level = Math.floor(node.height / tileHeight);
  const tile = tileAt(level, Math.floor(node.index / 2 ** (tileHeight - (node.height % tileHeight))), size);
  if (!tile) throw new RangeError("the node is not in the tree");
  return tile;
}

/** The hash of a perfect subtree out of its tile. */
export function nodeInTile(sha256: Sha256, node: Node, tile: Tile, bytes: Uint8Array): Uint8Array {
  const width = 2 ** (node.height % tileHeight);
  const start = (node.index % (2 ** tileHeight / width)) * width;
  if (bytes.length !== tile.width * hashLength || start + width > tile.width)
    throw new Error(`${tilePath(tile)} has the wrong length`);
  return rootOf(sha256, bytes.subarray(start * hashLength, (start + width) * hashLength));
}

async function readProof(
  sha256: Sha256,
  readTile: ReadTile,
  path: readonly Subtree[],
  size: number,
): Promise<Uint8Array[]> {
  const tiles = new Map(
    path.flat().map((node) => {
      const tile = tileOfNode(node, size);
      return [tilePath(tile), tile] as const;
    }),
  );
  const bytes = new Map(
    await Promise.all(Array.from(tiles, async ([name, tile]) => [name, await readTile(tile)] as const)),
  );
  return hashSubtrees(sha256, path, (node) => {
    const tile = tileOfNode(node, size);
    return nodeInTile(sha256, node, tile, bytes.get(tilePath(tile))!);
  });
}
