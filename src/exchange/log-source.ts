/** A site's log as the verifier reads it. */

import type { ShownLetters } from "../transparency/compare-letters.ts";
import type { PresentLog } from "../transparency/follow-receipt.ts";
import { hashLength } from "../transparency/sha256.ts";
import { narrowTile, type Tile, tilePath, tileWidth } from "../transparency/tiles.ts";
import type { LogSource } from "../transparency/verify.ts";
import { type SiteFiles, Unreadable } from "./site-files.ts";

/** One byte more than any valid file has: what is longer is then not taken for valid. */
const longestNote = 1_000_001;
const longestBundle = tileWidth * (2 + 0xffff) + 1;
const longestTile = tileWidth * hashLength + 1;

/** @param letters where what is shown of the letters is to be checked too */
export function logSource(site: SiteFiles, letters?: ShownLetters): LogSource & PresentLog {
  const read = (tile: Tile) => readTile(site, tile);
  return { checkpoint: () => readCheckpointOf(site), bundle: read, tile: read, letters };
}

/** The latest signed checkpoint. @throws Unreadable if the site has none: then it has no log */
export async function readCheckpointOf(site: SiteFiles): Promise<string> {
  const bytes = await site.read("log/checkpoint", longestNote);
  if (!bytes) throw new Unreadable(`${site.name} has no log/checkpoint`);
  return Buffer.from(bytes).toString();
}

/** A tile or a bundle. A partial one that the site has dropped is cut out of the full one (tlog-tiles). */
export async function readTile(site: SiteFiles, tile: Tile): Promise<Uint8Array | undefined> {
  const longest = tile.level === "entries" ? longestBundle : longestTile;
  const own = await site.read(`log/${tilePath(tile)}`, longest);
  if (own || tile.width === tileWidth) return own;
  const full = await site.read(`log/${tilePath({ ...tile, width: tileWidth })}`, longest);
  return full && narrowTile(tile, full);
}
