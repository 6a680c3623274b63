/** Reads what the database holds of the tree, cut to the width that is asked for. */
import type { Queryable } from "../database/open.ts";
import { hashLength } from "./sha256.ts";
import type { ReadTile } from "./tile-proof.ts";
import { selectBundle, selectTile } from "./tile-store.ts";
import { bundleLength, type Tile, tilePath } from "./tiles.ts";

/** A tile of hashes, or a bundle of entries; nothing if the tree is not as wide there. */
export async function findTile(db: Queryable, tile: Tile): Promise<Uint8Array | undefined> {
  if (tile.level === "entries") {
    const bundle = await selectBundle(db, tile.index);
    const length = bundle && bundleLength(bundle, tile.width);
    return length === undefined ? undefined : bundle!.subarray(0, length);
  }
  const hashes = await selectTile(db, tile.level, tile.index);
  const length = tile.width * hashLength;
  return hashes && hashes.length >= length ? hashes.subarray(0, length) : undefined;
}

/** The same for those who know that it must be there. */
export function tileReader(db: Queryable): ReadTile {
  return async (tile) => {
    const bytes = await findTile(db, tile);
    if (!bytes) throw new Error(`the database does not hold ${tilePath(tile)}`);
    return bytes;
  };
}
