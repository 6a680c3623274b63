/** Reads single entries out of the database, and proves that they are in the tree that readers know. */
import type { Queryable } from "../database/open.ts";
import { type Entry, parseEntry } from "./leaf.ts";
import { selectGrownAt, selectLoggedSignatures } from "./log-store.ts";
import type { LoggedSignature } from "./numbering.ts";
import { selectRemovals } from "./place-store.ts";
import { formatProof } from "./proof.ts";
import { tileReader } from "./read-tiles.ts";
import { nodeSha256 } from "./sha256-node.ts";
import type { PublishedCheckpoint } from "./site-log.ts";
import { readInclusionProof } from "./tile-proof.ts";
import { selectBundle } from "./tile-store.ts";
import { bundleLength, decodeBundle, tileWidth } from "./tiles.ts";

/** An entry where it stands in the log. */
export interface PlacedEntry {
  readonly index: number;
  readonly entry: Entry;
}

/** The bytes of the entry at an index; nothing if the log is not as long. */
export async function findEntry(db: Queryable, index: number): Promise<Uint8Array | undefined> {
  const bundle = await selectBundle(db, Math.floor(index / tileWidth));
  const start = bundle && bundleLength(bundle, index % tileWidth);
  const end = bundle && bundleLength(bundle, (index % tileWidth) + 1);
  return start === undefined || end === undefined ? undefined : bundle!.subarray(start + 2, end);
}

/** The entry at an index, read; nothing if the log is not as long. */
export async function findPlacedEntry(db: Queryable, index: number): Promise<PlacedEntry | undefined> {
  const bytes = await findEntry(db, index);
  return bytes && { index, entry: readEntry(bytes, index) };
}

/** The entries from one index up to another (which is not among them and not beyond the log's size), newest first. */
export async function listEntriesDown(db: Queryable, from: number, to: number): Promise<PlacedEntry[]> {
  const found: PlacedEntry[] = [];
  for (let bundle = Math.floor(from / tileWidth); bundle * tileWidth < to; bundle++) {
    const start = bundle * tileWidth;
    const bytes = (await selectBundle(db, bundle)) ?? new Uint8Array(0);
    const length = bundleLength(bytes, Math.min(to - start, tileWidth));
    const entries = decodeBundle(bytes.subarray(0, length), Math.min(to - start, tileWidth));
    if ("problem" in entries) throw new Error(`the log's bundle ${bundle} is not whole`);
    for (const [at, entry] of entries.entries())
      if (start + at >= from) found.push({ index: start + at, entry: readEntry(entry, start + at) });
  }
  return found.reverse();
}

/** What ties a signature's entry and those that take it down. */
export interface Removals {
  /** Of a withdrawal or an erasure: the signature that it is about. */
  readonly target?: PlacedEntry;
  /** Of a signature: what took it, or its name, down; in that order. */
  readonly removedBy: readonly PlacedEntry[];
}

/** What an entry removes, or is removed by. */
export async function findRemovals(db: Queryable, index: number): Promise<Removals> {
  const removals = await selectRemovals(db, index);
  const own = removals.find((one) => one.index === index);
  const others = removals.filter((one) => one.index !== index).map((one) => findPlacedEntry(db, one.index));
  const [target, ...removedBy] = await Promise.all([own && findPlacedEntry(db, own.target), ...others]);
  return { ...(target && { target }), removedBy: removedBy.filter((one) => one !== undefined) };
}

/** When the log last grew; null while it is empty. */
export const findGrownAt = selectGrownAt;

function readEntry(bytes: Uint8Array, index: number): Entry {
  const entry = parseEntry(bytes);
  if ("problem" in entry) throw new Error(`entry ${index} of the log cannot be read: ${entry.problem}`);
  return entry;
}

/** The text of a c2sp.org/tlog-proof for the entry at an index, which lies below the checkpoint's size. */
export async function proveEntry(
  db: Queryable,
  index: number,
  { note, checkpoint }: PublishedCheckpoint,
): Promise<string> {
  const hashes = await readInclusionProof(nodeSha256, tileReader(db), index, checkpoint.size);
  return formatProof({ index, hashes, checkpoint: note });
}

/** Where a signature stands in the log, by its id; nothing while it waits for its number. */
export async function findLoggedSignature(
  db: Queryable,
  signatureId: string,
): Promise<LoggedSignature | undefined> {
  return (await selectLoggedSignatures(db, [signatureId])).get(signatureId);
}
