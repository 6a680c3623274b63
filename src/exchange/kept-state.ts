/** What a mirror has kept of a log against what the site now shows of it. */

import { formatAddCheckpoint } from "../transparency/add-checkpoint.ts";
import { encodeBase64, encodeHex, encodeUtf8 } from "../transparency/bytes.ts";
import { type Checkpoint, logProblem, readCheckpoint, type Trust } from "../transparency/checkpoint.ts";
import { verifyEd25519 } from "../transparency/ed25519.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";
import { decodeBundle, type Tile, tileAt, tileWidth } from "../transparency/tiles.ts";
import type { VerifierKey } from "../transparency/verifier-key.ts";
import { type Comparison, compareHistories } from "./compare-histories.ts";
import { readTile } from "./log-source.ts";
import type { SiteFiles } from "./site-files.ts";

/** A signed state of the log, and who shows it. */
export interface SignedState {
  readonly site: SiteFiles;
  readonly note: string;
  readonly checkpoint: Checkpoint;
  /** The key that signed it. */
  readonly key: VerifierKey;
}

/** The state that a note signs; nothing if the log did not sign it. */
export async function signedState(
  site: SiteFiles,
  note: string,
  trust: Pick<Trust, "log">,
): Promise<SignedState | undefined> {
  const read = await readCheckpoint(note, { log: trust.log, witnesses: [] }, verifyEd25519);
  return "problem" in read || logProblem(read, trust)
    ? undefined
    : { site, note, checkpoint: read.checkpoint, key: trust.log };
}

/** Compares what was kept with what is served, whichever is the larger. */
export function compareStates(kept: SignedState, served: SignedState): Promise<Comparison> {
  const states = [kept, served].map(({ site, checkpoint }) => ({
    checkpoint,
    tile: (tile: Tile) => readTile(site, tile),
  }));
  const [one, other] = kept.checkpoint.size <= served.checkpoint.size ? states : states.toReversed();
  return compareHistories(one!, other!);
}

/** A conflict as files that prove it to anybody who knows the log's key: names below a folder of its own, and texts. */
export async function evidenceOf(
  kept: SignedState,
  served: SignedState,
  conflict: Comparison & { readonly result: "conflict" },
): Promise<{
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  readonly words: string[];
}> {
  const { first, otherRoot, proof } = conflict;
  const sizes = [kept, served].map(({ checkpoint }) => checkpoint.size) as [number, number];
  const oldSize = Math.min(...sizes);
  const larger = sizes[0] > sizes[1] ? kept : served;
  const words = [
    `The log signed two histories: one of ${sizes[0]} entries, kept here, and one of ${sizes[1]}, served by ${served.site.name}.`,
    `They are not the same up to entry ${oldSize - 1}.`,
    ...(first === undefined ? [] : [`The first that differs is entry ${first}:`]),
    ...(first === undefined ? [] : [`  kept    ${await entryAt(kept, first)}`]),
    ...(first === undefined ? [] : [`  served  ${await entryAt(served, first)}`]),
    ...(otherRoot
      ? [
          `The larger begins with another tree of ${oldSize} entries than the smaller is; its root is`,
          `  ${encodeBase64(otherRoot)}, and "proof" shows that (RFC 9162 section 2.1.4.2).`,
        ]
      : []),
  ];
  const files = new Map([
    ["kept-checkpoint", kept.note],
    ["served-checkpoint", served.note],
    ["what-differs.txt", `${words.join("\n")}\n`],
  ]);
  if (proof) files.set("proof", formatAddCheckpoint({ oldSize, hashes: proof, checkpoint: larger.note }));
  const folder = encodeHex(nodeSha256(encodeUtf8(kept.note + served.note))).slice(0, 16);
  return { folder, files, words };
}

async function entryAt({ site, checkpoint }: SignedState, index: number): Promise<string> {
  const tile = tileAt("entries", Math.floor(index / tileWidth), checkpoint.size)!;
  const bundle = await readTile(site, tile);
  const entries = bundle && decodeBundle(bundle, tile.width);
  const entry = entries && !("problem" in entries) ? entries[index % tileWidth] : undefined;
  return entry ? Buffer.from(entry).toString() : "(not to be had)";
}
