/**
 * How fast is a mirror verified? A log of a million entries, in files as undersigned mirror writes them, is read and
 * checked from its first entry to its last: signatures of the checkpoint, tree, tiles, and the rules of every letter.
 */
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { logSource } from "../src/exchange/log-source.ts";
import { siteInFolder } from "../src/exchange/site-in-folder.ts";
import { concatBytes } from "../src/transparency/bytes.ts";
import { formatCheckpoint } from "../src/transparency/checkpoint.ts";
import { verifyEd25519 } from "../src/transparency/ed25519.ts";
import { edgeRoot, emptyEdge, grow } from "../src/transparency/growth.ts";
import { serialiseEntry } from "../src/transparency/leaf.ts";
import { formatNote, signNote } from "../src/transparency/note.ts";
import { nodeSha256 } from "../src/transparency/sha256-node.ts";
import { type Signer, signerOfSeed } from "../src/transparency/signing-key.ts";
import { encodeBundle, partialTiles, tileAt, tilePath, tileWidth } from "../src/transparency/tiles.ts";
import { leafHash } from "../src/transparency/tree.ts";
import { noteSignatureType } from "../src/transparency/verifier-key.ts";
import { verifyLog } from "../src/transparency/verify.ts";
import { median, type Row } from "./support/measure.ts";

const size = 1_000_000;
const letters = 100;
const rounds = 5;
const bound = 200_000;

const random = (bytes: number) => randomBytes(bytes).toString("base64url");

/** The entries of letters that are published and then signed in turns. */
function* entries(): Generator<Uint8Array> {
  const made = Array.from({ length: letters }, () => ({ l: random(16), r: random(32), s: 0 }));
  for (let index = 0; index < size; index++) {
    const letter = made[index % letters]!;
    const { l, r } = letter;
    const s = letter.s++;
    yield s === 0
      ? serialiseEntry({ v: 1, t: "rev", l, s, n: 0, q: 1, r })
      : serialiseEntry({ v: 1, t: "sign", l, s, n: s, k: "p", r, c: random(32), u: random(32) });
  }
}

/** Writes the log into a folder, signed. */
async function write(folder: string, signer: Signer): Promise<void> {
  const put = async (path: string, bytes: Uint8Array | string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  };
  let edge = emptyEdge;
  let bundle: Uint8Array[] = [];
  const flush = async () => {
    const index = Math.floor(edge.size / tileWidth);
    await put(`log/${tilePath(tileAt("entries", index, edge.size + bundle.length)!)}`, encodeBundle(bundle));
    const grown = grow(nodeSha256, edge, concatBytes(...bundle.map((entry) => leafHash(nodeSha256, entry))));
    for (const { tile, bytes } of grown.tiles)
      if (tile.width === tileWidth) await put(`log/${tilePath(tile)}`, bytes);
    edge = grown.edge;
    bundle = [];
  };
  for (const entry of entries()) if (bundle.push(entry) === tileWidth) await flush();
  if (bundle.length > 0) await flush();
  for (const tile of partialTiles(size)) await put(`log/${tilePath(tile)}`, edge.levels[Number(tile.level)]!);
  const root = edgeRoot(nodeSha256, edge);
  const text = formatCheckpoint({ origin: signer.key.name, size, root, extensions: [] });
  await put("log/checkpoint", formatNote({ text, signatures: [await signNote(text, signer)] }));
}

export async function measure(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-bench-"));
  try {
    const signer = await signerOfSeed(nodeSha256, "bench.example/log", noteSignatureType, randomBytes(32));
    await write(folder, signer);
    const source = logSource(await siteInFolder(folder));
    const trust = { log: signer.key, witnesses: [], quorum: 0 };
    const speeds: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now();
      const { checks } = await verifyLog(nodeSha256, verifyEd25519, source, { trust });
      speeds.push(size / ((performance.now() - begun) / 1000));
      const failed = checks.filter(({ outcome }) => outcome === "failed");
      if (failed.length > 0) throw new Error(`not verified: ${JSON.stringify(failed)}`);
    }
    const speed = Math.round(median(speeds));
    return [
      {
        question: `Verifying a mirror of ${size.toLocaleString("en")} entries`,
        measured: `${speed.toLocaleString("en")} entries/s`,
        bound: `at least ${bound.toLocaleString("en")} entries/s`,
        holds: speed >= bound,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
