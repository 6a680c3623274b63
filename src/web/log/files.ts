/** The log's files, as c2sp.org/tlog-tiles serves them. Anybody's program may read them from anywhere. */
import { encodeUtf8 } from "../../transparency/bytes.ts";
import { findTile } from "../../transparency/read-tiles.ts";
import { parseTilePath, tileAt } from "../../transparency/tiles.ts";
import { formatVerifierKey } from "../../transparency/verifier-key.ts";
import type { Deps, Handler } from "../deps.ts";
import { openData, openHeaders } from "../headers.ts";
import { openFile, plainText } from "../respond.ts";

/** GET /log/checkpoint: the latest that readers are given. May be kept for two seconds. */
export function sendCheckpoint(deps: Deps): Handler {
  return async (c) => {
    const { note } = await deps.siteLog.published();
    return openFile(c, encodeUtf8(note), openHeaders("text/plain; charset=utf-8", "public, max-age=2"));
  };
}

/**
 * GET /log/tile/…: a tile of hashes or a bundle of entries, as far as the checkpoint goes that readers are given. What is
 * served under a path never changes.
 */
export function sendTile(deps: Deps): Handler {
  return async (c) => {
    const tile = parseTilePath(c.req.param("path")!);
    const { checkpoint } = await deps.siteLog.published();
    const known = "problem" in tile ? undefined : tileAt(tile.level, tile.index, checkpoint.size);
    const asked = known && !("problem" in tile) && tile.width <= known.width ? tile : undefined;
    const bytes = asked && (await findTile(deps.db, asked));
    // A cache that kept this would go on saying so once the log has grown.
    if (!bytes)
      return plainText("The log has no such tile.\n", 404, { ...openData, "Cache-Control": "no-store" });
    return openFile(c, bytes, openHeaders("application/octet-stream", "public, max-age=31536000, immutable"));
  };
}

/** GET /log/key: the key to verify with, as one line. Whoever trusts it should have it from elsewhere too. */
export function sendLogKey(deps: Deps): Handler {
  const key = encodeUtf8(`${formatVerifierKey(deps.siteLog.key)}\n`);
  return (c) => openFile(c, key, openHeaders("text/plain; charset=utf-8", "public, max-age=300"));
}
