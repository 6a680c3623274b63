/**
 * Holds the log in the database against what this node has let out of it (high-water.ts). Asked before anything is
 * signed or let out, every time: a database can be put back to an older state while servers run.
 */
import type { Queryable } from "../database/open.ts";
import { equalBytes } from "./bytes.ts";
import { edgeRoot, readEdge } from "./growth.ts";
import { type HighWater, LogRewound, otherMessage, rewoundMessage } from "./high-water.ts";
import { getState } from "./log-store.ts";
import { findTile } from "./read-tiles.ts";
import { nodeSha256 } from "./sha256-node.ts";

/**
 * Holds the stored tree against the highest checkpoint that this node has let out: it must be as large, and begin with it.
 * @throws LogRewound
 */
export async function assertNotRewound(db: Queryable, { highest }: HighWater): Promise<void> {
  if (!highest) return;
  const { size } = await getState(db);
  if (size < highest.size) throw new LogRewound(rewoundMessage(size, highest.size));
  const root = await storedRoot(db, highest.size);
  if (!root || !equalBytes(root, highest.root)) throw new LogRewound(otherMessage(highest.size));
}

/** The root of the stored tree as it was at a size; nothing if tiles are missing. */
async function storedRoot(db: Queryable, size: number): Promise<Uint8Array | undefined> {
  const edge = await readEdge(size, (tile) => findTile(db, tile));
  return edge && edgeRoot(nodeSha256, edge);
}
