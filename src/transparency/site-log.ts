/** The site's log as everybody but the sequencer meets it: its key, and what of it may be given to readers. */
import type { Database } from "../database/open.ts";
import type { Witness } from "./ask-witness.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import type { HighWater } from "./high-water.ts";
import { getState, insertState } from "./log-store.ts";
import { parseNote } from "./note.ts";
import { assertNotRewound } from "./rewound.ts";
import { signCheckpoint } from "./sequence.ts";
import { nodeSha256 } from "./sha256-node.ts";
import type { Signer } from "./signing-key.ts";
import { emptyRoot } from "./tree.ts";
import { formatVerifierKey, type VerifierKey } from "./verifier-key.ts";

/** A checkpoint that readers may have: the signed note, and what it says. */
export interface PublishedCheckpoint {
  readonly note: string;
  readonly checkpoint: Checkpoint;
}

export interface SiteLog {
  readonly key: VerifierKey;
  readonly signer: Signer;
  readonly highWater: HighWater;
  /** Who is asked to cosign it. */
  readonly witnesses: readonly Witness[];
  /**
   * The checkpoint that readers are given now. It is noted in this node's high-water file before it is returned.
   * @throws LogRewound when it does not follow from what was given before
   */
  published(): Promise<PublishedCheckpoint>;
}

/**
 * Opens the site's log, and begins it where there is none.
 * @throws Error in words for the operator, when the database's log is signed with another key
 * @throws LogRewound when the database is older than what this node has let out
 */
export async function openSiteLog(
  db: Database,
  signer: Signer,
  highWater: HighWater,
  witnesses: readonly Witness[] = [],
): Promise<SiteLog> {
  const key = formatVerifierKey(signer.key);
  const root = emptyRoot(nodeSha256);
  const checkpoint = await signCheckpoint(signer, 0, root);
  await insertState(db, { key, size: 0, root: Buffer.from(root), checkpoint, published: checkpoint });
  const state = await getState(db);
  if (state.key !== key) throw new Error(otherKeyMessage(state.key, key));
  await assertNotRewound(db, highWater);
  // What is published may lag behind what was noted: with witnesses it is noted before they are asked (publish.ts).
  if (!highWater.highest) await highWater.raise(state.published);

  let reading: Promise<PublishedCheckpoint> | undefined;
  /** One reader at a time, so that what is read never goes back. */
  async function read(): Promise<PublishedCheckpoint> {
    const { published } = await getState(db);
    const given = readPublished(published);
    if (given.checkpoint.size > (highWater.highest?.size ?? 0)) await assertNotRewound(db, highWater);
    await highWater.raise(published).catch(async (error: Error) => {
      // With witnesses a newer one may have been noted and sent to them (publish.ts): then the tree has to hold that.
      const { highest } = highWater;
      if (!highest || given.checkpoint.size >= highest.size) throw error;
      await assertNotRewound(db, highWater);
    });
    return given;
  }

  return {
    key: signer.key,
    signer,
    highWater,
    witnesses,
    published() {
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

function readPublished(note: string): PublishedCheckpoint {
  const parsed = parseNote(note);
  const checkpoint = "problem" in parsed ? parsed : parseCheckpoint(parsed.text);
  if ("problem" in checkpoint) throw new Error("the published checkpoint in the database is none");
  return { note, checkpoint };
}

function otherKeyMessage(stored: string, own: string): string {
  return `The log in the database is signed with the key
  ${stored}
but this server has
  ${own}
Give every server of this database the key that the log was begun with: set LOG_KEY, or put the file log-key back into
DATA_DIR. To sign on under a new key, which every reader will notice, see \`bin/undersigned log key --help\`.`;
}
