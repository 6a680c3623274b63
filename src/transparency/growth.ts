/**
 * The tree as it grows. All that is needed to go on is its right edge: at each level the hashes of the partial tile.
 * The writer loads the edge, adds a batch and stores the tiles; the verifier starts from nothing, adds what it reads
 * and compares.
 */
import { concatBytes } from "./bytes.ts";
import { hashLength, type Sha256 } from "./sha256.ts";
import { partialTiles, type Tile, tileWidth } from "./tiles.ts";
import { rootOf } from "./tree.ts";

/** A tree's right edge: its size, and for each level the hashes of the partial tile, 0 to 255 of 32 bytes. */
export interface Edge {
  readonly size: number;
  readonly levels: readonly Uint8Array[];
}

/** A tile and what is in it. */
export interface WrittenTile {
  readonly tile: Tile & { readonly level: number };
  readonly bytes: Uint8Array;
}

const none = new Uint8Array(0);
const tileLength = tileWidth * hashLength;

/** The edge of the tree without entries. */
export const emptyEdge: Edge = { size: 0, levels: [] };

/**
 * The edge of a stored tree.
 * @param read gives the bytes of one of partialTiles(size)
 */
export function edgeOf(size: number, read: (tile: Tile) => Uint8Array): Edge {
  const levels: Uint8Array[] = [];
  for (const tile of partialTiles(size)) {
    const bytes = read(tile);
    if (bytes.length !== tile.width * hashLength) throw new Error("a partial tile has the wrong length");
    while (levels.length < Number(tile.level)) levels.push(none);
    levels.push(bytes);
  }
  return { size, levels };
}

/**
 * The same where tiles have to be waited for, one after the other.
 * @param read gives the bytes of one of partialTiles(size); where the tree has grown since, more may stand there
 * @returns nothing if one of them is not there
 */
export async function readEdge(
  size: number,
  read: (tile: Tile & { readonly level: number }) => Promise<Uint8Array | undefined>,
): Promise<Edge | undefined> {
  const hashes = new Map<Tile["level"], Uint8Array>();
  for (const tile of partialTiles(size)) {
    const bytes = await read(tile);
    if (!bytes) return undefined;
    hashes.set(tile.level, bytes.subarray(0, tile.width * hashLength));
  }
  return edgeOf(size, ({ level }) => hashes.get(level)!);
}

/**
 * Adds leaves to a tree.
 * @param leaves leaf hashes in a row, 32 bytes each
 * @returns the new edge, and the tiles that came into being, the same as grownTiles(before, after) names
 */
export function grow(sha256: Sha256, edge: Edge, leaves: Uint8Array): { edge: Edge; tiles: WrittenTile[] } {
  const levels = [...edge.levels];
  const tiles: WrittenTile[] = [];
  let added = leaves;
  for (let level = 0; added.length > 0; level++) {
    const row = concatBytes(levels[level] ?? none, added);
    const full = Math.floor(row.length / tileLength);
    const first = Math.floor(edge.size / tileWidth ** (level + 1));
    const roots = new Uint8Array(full * hashLength);
    for (let index = 0; index < full; index++) {
      const bytes = row.subarray(index * tileLength, (index + 1) * tileLength);
      tiles.push({ tile: { level, index: first + index, width: tileWidth }, bytes });
      roots.set(rootOf(sha256, bytes), index * hashLength);
    }
    const rest = row.slice(full * tileLength);
    if (rest.length > 0)
      tiles.push({ tile: { level, index: first + full, width: rest.length / hashLength }, bytes: rest });
    levels[level] = rest;
    added = roots;
  }
  return { edge: { size: edge.size + leaves.length / hashLength, levels }, tiles };
}

/** The root of the tree with this edge. What lower levels leave over stands last in the row above. */
export function edgeRoot(sha256: Sha256, edge: Edge): Uint8Array {
  let tail: Uint8Array = none;
  for (const hashes of edge.levels) {
    const row = concatBytes(hashes, tail);
    if (row.length > 0) tail = rootOf(sha256, row);
  }
  return tail.length > 0 ? tail : rootOf(sha256, none);
}
