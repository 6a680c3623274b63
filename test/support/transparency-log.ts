/**
 * A log made in memory, with its letters, signatures, tiles, checkpoints, openings and receipts: what a site would
 * serve, for tests that verify it or break it first. Secrets are counted, not random, so that runs are alike.
 */
import { concatBytes, encodeBase64url, encodeUtf8 } from "../../src/transparency/bytes.ts";
import { formatCheckpoint } from "../../src/transparency/checkpoint.ts";
import { commit, type FieldValues, ownerHash } from "../../src/transparency/commitment.ts";
import { cosign } from "../../src/transparency/cosignature.ts";
import type { ShownLetter } from "../../src/transparency/disclosure.ts";
import { type Edge, edgeRoot, emptyEdge, grow } from "../../src/transparency/growth.ts";
import { type Entry, type RemovalEntry, serialiseEntry } from "../../src/transparency/leaf.ts";
import { manifestHash, manifestOf, serialiseManifest } from "../../src/transparency/manifest.ts";
import { formatNote, signNote } from "../../src/transparency/note.ts";
import { type Opening, openingOf } from "../../src/transparency/opening.ts";
import { formatProof } from "../../src/transparency/proof.ts";
import type { Receipt } from "../../src/transparency/receipt.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { type Signer, signerOfSeed } from "../../src/transparency/signing-key.ts";
import { readInclusionProof } from "../../src/transparency/tile-proof.ts";
import { encodeBundle, grownTiles, type Tile, tileAt, tilePath } from "../../src/transparency/tiles.ts";
import { leafHash } from "../../src/transparency/tree.ts";
import { cosignatureType, noteSignatureType } from "../../src/transparency/verifier-key.ts";
import type { LogSource } from "../../src/transparency/verify.ts";

/** A signature as the site knows it. */
export interface MadeSignature {
  readonly index: number;
  readonly s: number;
  readonly entry: Entry;
  readonly master: Uint8Array;
  readonly owner: Uint8Array;
  readonly values: FieldValues;
}

let secrets = 0;
const secret = () => nodeSha256(encodeUtf8(`secret ${secrets++}`));

/** The log's signer and two witnesses, the same in every run. */
export const log: Signer = await signerOfSeed(
  nodeSha256,
  "letters.example.org/log",
  noteSignatureType,
  secret(),
);
export const witnesses: readonly Signer[] = [
  await signerOfSeed(nodeSha256, "witness.example.org/w1", cosignatureType, secret()),
  await signerOfSeed(nodeSha256, "witness.example.net/w2", cosignatureType, secret()),
];

/** A letter and its entries. */
export class MadeLetter {
  readonly idBytes = secret().subarray(0, 16);
  readonly id = encodeBase64url(this.idBytes);
  readonly openings: Opening[] = [];
  count = 0;
  manifest = "";
  /** The manifests of all its revisions, the first first. */
  readonly manifests: string[] = [];
  readonly #log: MadeLog;
  #next = 0;
  #revision = 0;
  #text = "";
  #title = "";

  constructor(log: MadeLog) {
    this.#log = log;
  }

  /** Adds an entry with the letter's next s and the n that follows, unless `given` says otherwise. */
  add(given: Partial<Entry> & Pick<Entry, "t">): number {
    if (given.t === "sign") this.count++;
    if (given.t === "withdraw") this.count--;
    const common = { v: 1, l: this.id, s: this.#next, n: this.count };
    const entry = { ...common, ...given } as Entry;
    this.#next = entry.s + 1;
    return this.#log.add(serialiseEntry(entry));
  }

  /** Its latest text, as it stands in a letter's JSON. */
  get page() {
    const texts = [{ language: "en", title: this.#title, body: this.#title }];
    return { revision: { number: this.#revision }, texts };
  }

  publish(title: string): number {
    this.#title = title;
    const manifest = manifestOf(nodeSha256, this.idBytes, ++this.#revision, { en: { title, body: title } });
    this.manifest = Buffer.from(serialiseManifest(manifest)).toString();
    this.manifests.push(this.manifest);
    this.#text = encodeBase64url(manifestHash(nodeSha256, manifest));
    return this.add({ t: "rev", q: this.#revision, r: this.#text });
  }

  sign(name: string, given: Partial<Entry> = {}): MadeSignature {
    const values = { name, affiliation: "", email: `${name.toLowerCase()}@example.org` };
    const [master, owner] = [secret(), secret()];
    const { commitment } = commit(nodeSha256, master, this.idBytes, values);
    const entry = {
      t: "sign",
      k: "p",
      c: encodeBase64url(commitment),
      r: this.#text,
      u: encodeBase64url(ownerHash(nodeSha256, owner)),
      ...given,
    } as Entry;
    const index = this.add(entry);
    const s = this.#next - 1;
    this.openings.push(openingOf(nodeSha256, { index, s }, master, this.idBytes, values));
    return { index, s, entry, master, owner, values };
  }

  /** Withdraws or erases a signature; with `owner` its secret is revealed. */
  remove(t: RemovalEntry["t"], i: number, owner?: Uint8Array): number {
    const at = this.openings.findIndex(({ s }) => s === i);
    if (at >= 0) this.openings.splice(at, 1);
    return this.add(owner ? { t, i, y: "own", o: encodeBase64url(owner) } : { t, i, y: "rule" });
  }

  close(): number {
    return this.add({ t: "close", r: this.#text });
  }

  deliver(): number {
    return this.add({ t: "deliver", d: encodeBase64url(secret()) });
  }
}

/** A log and what a site serves of it. */
export class MadeLog {
  readonly letters: MadeLetter[] = [];
  readonly entries: Uint8Array[] = [];
  /** Everything served, by its path. */
  readonly files = new Map<string, Uint8Array>();
  #edge: Edge = emptyEdge;

  get size(): number {
    return this.entries.length;
  }

  letter(): MadeLetter {
    const letter = new MadeLetter(this);
    this.letters.push(letter);
    return letter;
  }

  add(entry: Uint8Array): number {
    return this.entries.push(entry) - 1;
  }

  /** Writes tiles and bundles up to the present size, and signs it. `signers` are the log's and the witnesses'. */
  async publish(signers: readonly Signer[] = [log, ...witnesses], origin = log.key.name): Promise<string> {
    const from = this.#edge.size;
    const added = this.entries.slice(from).map((entry) => leafHash(nodeSha256, entry));
    const { edge, tiles } = grow(nodeSha256, this.#edge, concatBytes(...added));
    this.#edge = edge;
    for (const { tile, bytes } of tiles) this.files.set(tilePath(tile), bytes);
    for (const { level, index, width } of grownTiles(from, this.size)) {
      if (level > 0) break;
      const entries = this.entries.slice(index * 256, index * 256 + width);
      this.files.set(tilePath({ level: "entries", index, width }), encodeBundle(entries));
    }
    const text = formatCheckpoint({
      origin,
      size: this.size,
      root: edgeRoot(nodeSha256, this.#edge),
      extensions: [],
    });
    const signatures = await Promise.all(
      signers.map((signer) =>
        signer.key.type === 1 ? signNote(text, signer) : cosign(text, signer, 1_700_000_000),
      ),
    );
    const note = formatNote({ text, signatures });
    this.files.set("checkpoint", encodeUtf8(note));
    return note;
  }

  /** The log as a verifier meets it. Reads what `files` holds at that moment. */
  source(): LogSource {
    const read = async (tile: Tile) => this.files.get(tilePath(tile));
    const shown = (letter: MadeLetter): ShownLetter => ({
      size: this.size,
      count: letter.count,
      openings: JSON.parse(JSON.stringify(letter.openings)),
    });
    return {
      checkpoint: async () => Buffer.from(this.files.get("checkpoint")!).toString(),
      bundle: read,
      tile: read,
      letters: {
        all: async () => this.letters.map(({ id }) => id),
        find: async (id) => {
          const letter = this.letters.find((one) => one.id === id);
          return letter && shown(letter);
        },
      },
    };
  }

  /** The receipt of a signature, against the checkpoint published last. */
  async receipt(letter: MadeLetter, signature: MadeSignature): Promise<Receipt> {
    const readTile = async (tile: Tile) =>
      this.files.get(tilePath(tileAt(tile.level, tile.index, this.size)!))!;
    const hashes = await readInclusionProof(nodeSha256, readTile, signature.index, this.size);
    const checkpoint = Buffer.from(this.files.get("checkpoint")!).toString();
    return {
      about: ["Your receipt. Keep it."],
      entry: Buffer.from(this.entries[signature.index]!).toString(),
      proof: formatProof({ index: signature.index, hashes, checkpoint }),
      manifest: letter.manifest,
      private: {
        ...signature.values,
        master: encodeBase64url(signature.master),
        owner: encodeBase64url(signature.owner),
      },
    };
  }
}
