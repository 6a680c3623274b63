import type { Database } from "../database/open.ts";
import { getState, insertState, tryWriterLock, updateKey } from "./log-store.ts";
import { signCheckpoint } from "./sequence.ts";
import { nodeSha256 } from "./sha256-node.ts";
import type { Signer } from "./signing-key.ts";
import { emptyRoot } from "./tree.ts";
import { formatVerifierKey } from "./verifier-key.ts";

/**
 * Lets the log in the database go on under another key: what it holds is signed anew, and readers are given that.
 * @returns how many entries it has
 * @throws Error in words for the operator while a server is at work
 */
export function adoptKey(db: Database, signer: Signer): Promise<number> {
  return db.connection().execute(async (own) => {
    if (!(await tryWriterLock(own)))
      throw new Error("a server is writing the log. Stop all servers of this database first.");
    const key = formatVerifierKey(signer.key);
    const empty = Buffer.from(emptyRoot(nodeSha256));
    const begun = await signCheckpoint(signer, 0, empty);
    await insertState(own, { key, size: 0, root: empty, checkpoint: begun, published: begun });
    const { size, root } = await getState(own);
    const checkpoint = await signCheckpoint(signer, size, root);
    await updateKey(own, { key, checkpoint, published: checkpoint });
    return size;
  });
}
