/**
 * Tiles of c2sp.org/tlog-tiles: where they are served, how wide they are, and the bundles of entries beside them.
 * A tile at level L holds up to 256 hashes, each over 256^L leaves; a bundle holds the entries under a level 0 tile.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { hashLength } from "./sha256.ts";

/** Hashes in a full tile, and entries in a full bundle. */
export const tileWidth = 256;

/** Height of the tree that one full tile spans: 2^8 = 256. */
export const tileHeight = 8;

/** A tile, or with level "entries" a bundle of entries. `width` is 1 to 256; below 256 it is partial. */
export interface Tile {
  readonly level: number | "entries";
  readonly index: number;
  readonly width: number;
}

/** Where a tile is served, below the log's prefix: `tile/0/x001/x234/067`, `tile/entries/273.p/112`. */
export function tilePath(tile: Tile): string {
  const groups: string[] = [];
  let rest = tile.index;
  do {
    groups.unshift(`${groups.length > 0 ? "x" : ""}${String(rest % 1000).padStart(3, "0")}`);
    rest = Math.floor(rest / 1000);
  } while (rest > 0);
  const part = tile.width === tileWidth ? "" : `.p/${tile.width}`;
  return `tile/${tile.level}/${groups.join("/")}${part}`;
}

/** The tile at a path. Only the one spelling that tilePath writes is accepted, with levels up to 63. */
export function parseTilePath(path: string): Tile | Problem<"tile-path-invalid"> {
  const found = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!found) return problem("tile-path-invalid");
  const tile: Tile = {
    level: found[1] === "entries" ? "entries" : Number(found[1]),
    index: Number(found[2]!.replaceAll(/[x/]/g, "")),
    width: found[3] === undefined ? tileWidth : Number(found[3]),
  };
  const exists = tile.level === "entries" || tile.level <= 63;
  const fits = Number.isSafeInteger(tile.index) && tile.width >= 1 && tile.width <= tileWidth;
  return exists && fits && tilePath(tile) === path ? tile : problem("tile-path-invalid");
}

/** How many hashes a whole level has in a tree of this size: floor(size / 256^level). */
export function levelLength(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** A level's tile at an index as a tree of this size has it, full or partial; nothing if it has none there. */
export function tileAt(level: number | "entries", index: number, size: number): Tile | undefined {
  const width = Math.min(levelLength(level === "entries" ? 0 : level, size) - index * tileWidth, tileWidth);
  return width > 0 ? { level, index, width } : undefined;
}

/** The partial tiles of a tree of this size, lowest level first, level 0 included only where it is partial. */
export function partialTiles(size: number): (Tile & { readonly level: number })[] {
  const tiles: (Tile & { readonly level: number })[] = [];
  for (let level = 0; levelLength(level, size) > 0; level++) {
    const width = levelLength(level, size) % tileWidth;
    if (width > 0) tiles.push({ level, index: Math.floor(levelLength(level, size) / tileWidth), width });
  }
  return tiles;
}

/**
 * The tiles that come into being when a tree grows: full ones, and the partial ones of the larger size. Bundles of
 * entries are those of level 0.
 */
export function* grownTiles(from: number, to: number): Generator<Tile & { readonly level: number }> {
  for (let level = 0; levelLength(level, to) > levelLength(level, from); level++) {
    const end = Math.ceil(levelLength(level, to) / tileWidth);
    for (let index = Math.floor(levelLength(level, from) / tileWidth); index < end; index++)
      yield { level, index, width: Math.min(levelLength(level, to) - index * tileWidth, tileWidth) };
  }
}

/** A bundle of entries: for each its length as big-endian uint16, and itself. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((length, entry) => length + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > 0xffff) throw new RangeError("an entry has at most 65,535 bytes");
    bundle[at] = entry.length >> 8;
    bundle[at + 1] = entry.length & 0xff;
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

/**
 * The entries of a bundle, as views into it.
 * @param width how many there must be
 */
export function decodeBundle(bundle: Uint8Array, width: number): Uint8Array[] | Problem<"bundle-invalid"> {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const end = at + 2 + ((bundle[at]! << 8) | (bundle[at + 1] ?? 0));
    if (at + 2 > bundle.length || end > bundle.length || entries.length === width)
      return problem("bundle-invalid");
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries.length === width ? entries : problem("bundle-invalid");
}

/**
 * The beginning of a full tile or bundle: the partial one that it was. A site may drop partial tiles once they are
 * full (tlog-tiles, "Partial Tiles").
 * @returns nothing if it has not the length of a full one
 */
export function narrowTile(tile: Tile, full: Uint8Array): Uint8Array | undefined {
  if (tile.level !== "entries")
    return full.length === tileWidth * hashLength ? full.subarray(0, tile.width * hashLength) : undefined;
  const entries = decodeBundle(full, tileWidth);
  return "problem" in entries ? undefined : encodeBundle(entries.slice(0, tile.width));
}

/** How many bytes the first entries of a bundle take; nothing if it has fewer. */
export function bundleLength(bundle: Uint8Array, width: number): number | undefined {
  let at = 0;
  for (let entry = 0; entry < width; entry++) {
    if (at + 2 > bundle.length) return undefined;
    at += 2 + ((bundle[at]! << 8) | bundle[at + 1]!);
  }
  return at <= bundle.length ? at : undefined;
}
