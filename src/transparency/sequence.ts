/**
 * One batch: takes what waits, numbers it as far as it can be, grows the tree, signs its root, and writes entries, tiles
 * and checkpoint in one transaction. When the process dies before the commit, nothing has happened and the same events are taken again;
 * when it dies after, they are in. No checkpoint is seen by anybody before the commit.
 */
import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { assertNotContradicted } from "./contradiction.ts";
import { edgeRoot, grow, readEdge } from "./growth.ts";
import { upsertHalt } from "./halt-store.ts";
import {
  lockState,
  selectLetterTotals,
  selectLoggedSignatures,
  updatePublished,
  updateState,
  upsertLetterTotals,
  upsertLoggedSignatures,
} from "./log-store.ts";
import { formatNote, signNote } from "./note.ts";
import { LogHalted, numberEvents } from "./numbering.ts";
import { insertRemovals, insertRevisions } from "./place-store.ts";
import { deleteQueued, isAnythingQueued, selectQueued } from "./queue-store.ts";
import { findTile } from "./read-tiles.ts";
import { assertNotRewound } from "./rewound.ts";
import { hashLength } from "./sha256.ts";
import { nodeSha256 } from "./sha256-node.ts";
import type { Signer } from "./signing-key.ts";
import type { SiteLog } from "./site-log.ts";
import { selectBundle, upsertBundles, upsertTiles } from "./tile-store.ts";
import { decodeBundle, encodeBundle, tileWidth } from "./tiles.ts";
import { leafHash } from "./tree.ts";

/** How many events one batch takes at most. */
export const batchLimit = 5_000;

type Sequenced = Pick<SiteLog, "signer" | "highWater" | "witnesses">;

/**
 * Sequences one batch. Right only where nobody else does: see sequencer.ts.
 * @param publish whether readers are given the new checkpoint at once; with witnesses it waits for them
 * @returns how many entries were added
 * @throws LogRewound when the database does not hold what this node has let out, or when a witness contradicts it
 * @throws LogHalted when the first event that waits breaks the log's rules, or what is stored of the tree does not belong
 *   together; then it is noted for those who run the site
 */
export async function sequenceBatch(db: Database, siteLog: Sequenced, publish: boolean): Promise<number> {
  try {
    return await addBatch(db, siteLog, publish);
  } catch (error) {
    if (error instanceof LogHalted) await upsertHalt(db, error.message);
    throw error;
  }
}

function addBatch(db: Database, siteLog: Sequenced, publish: boolean): Promise<number> {
  const { signer, highWater, witnesses } = siteLog;
  return inTransaction(db, async (trx) => {
    if (!(await isAnythingQueued(trx))) return 0;
    // Whoever else might be writing is waited for, and what it wrote is seen: the tree has one writer by its own lock too.
    const { size } = await lockState(trx);
    const queued = await selectQueued(trx, batchLimit);
    if (queued.length === 0) return 0;
    await assertNotRewound(trx, highWater);
    await assertNotContradicted(trx, { witnesses });
    const standing = {
      letters: await selectLetterTotals(trx, [...new Set(queued.map(({ letterId }) => letterId))]),
      signatures: await selectLoggedSignatures(
        trx,
        queued.flatMap(({ signatureId }) => signatureId ?? []),
      ),
    };
    const { entries, revisions, removals } = numberEvents(size, queued, standing);
    const root = await addEntries(trx, size, entries);
    await upsertLetterTotals(trx, standing.letters);
    if (standing.signatures.size > 0) await upsertLoggedSignatures(trx, standing.signatures);
    if (revisions.length > 0) await insertRevisions(trx, revisions);
    if (removals.length > 0) await insertRemovals(trx, removals);
    await deleteQueued(
      trx,
      queued.slice(0, entries.length).map(({ id }) => id),
    );
    const grown = size + entries.length;
    const checkpoint = await signCheckpoint(signer, grown, root);
    await updateState(trx, { size: grown, root: Buffer.from(root), checkpoint });
    if (publish) await updatePublished(trx, checkpoint);
    return entries.length;
  });
}

/** A checkpoint signed by the log alone. */
export async function signCheckpoint(signer: Signer, size: number, root: Uint8Array): Promise<string> {
  const text = formatCheckpoint({ origin: signer.key.name, size, root, extensions: [] });
  return formatNote({ text, signatures: [await signNote(text, signer)] });
}

/** Writes bundles and tiles. @returns the new root */
async function addEntries(
  trx: Transaction,
  size: number,
  entries: readonly Uint8Array[],
): Promise<Uint8Array> {
  const leaves = new Uint8Array(entries.length * hashLength);
  for (const [at, entry] of entries.entries()) leaves.set(leafHash(nodeSha256, entry), at * hashLength);
  const edge = await readEdge(size, (tile) => findTile(trx, tile));
  if (!edge) throw new LogHalted(`the log's tiles do not hold the ${size} entries that they should`);
  const grown = grow(nodeSha256, edge, leaves);
  await upsertTiles(
    trx,
    grown.tiles.map(({ tile, bytes }) => ({ level: tile.level, index: tile.index, hashes: bytes })),
  );
  await upsertBundles(trx, await bundlesOf(trx, size, entries));
  return edgeRoot(nodeSha256, grown.edge);
}

/** The bundles that entries fall into; the first may have been begun. */
async function bundlesOf(
  trx: Transaction,
  size: number,
  entries: readonly Uint8Array[],
): Promise<{ index: number; entries: Uint8Array }[]> {
  const first = Math.floor(size / tileWidth);
  const begun = size % tileWidth;
  const stored =
    begun === 0 ? [] : decodeBundle((await selectBundle(trx, first)) ?? new Uint8Array(0), begun);
  if ("problem" in stored)
    throw new LogHalted(`the log's bundle ${first} does not hold the ${begun} entries that it should`);
  const all = [...stored, ...entries];
  return Array.from({ length: Math.ceil(all.length / tileWidth) }, (_, at) => ({
    index: first + at,
    entries: encodeBundle(all.slice(at * tileWidth, (at + 1) * tileWidth)),
  }));
}
