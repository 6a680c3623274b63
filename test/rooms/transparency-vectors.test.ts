/** The vectors that the plan gives: commitments and a leaf, a tree, tile paths. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  concatBytes,
  decodeHex,
  decodeUtf8,
  encodeBase64url,
  encodeHex,
} from "../../src/transparency/bytes.ts";
import { commit, type Field, type FieldValues, ownerHash } from "../../src/transparency/commitment.ts";
import { edgeRoot, emptyEdge, grow } from "../../src/transparency/growth.ts";
import { type Entry, parseEntry, serialiseEntry } from "../../src/transparency/leaf.ts";
import { manifestHash, parseManifest, serialiseManifest } from "../../src/transparency/manifest.ts";
import { sha256 } from "../../src/transparency/sha256.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { parseTilePath, tilePath } from "../../src/transparency/tiles.ts";
import { leafHash, rootOf } from "../../src/transparency/tree.ts";

const vectors = join(import.meta.dirname, "../vectors");
const leaf = JSON.parse(readFileSync(join(vectors, "leaf.json"), "utf8"));
const merkle = JSON.parse(readFileSync(join(vectors, "merkle.json"), "utf8"));
const bytes = (hex: string) => decodeHex(hex)!;
const ascii = (text: string) => Buffer.from(text, "ascii");

for (const [name, hash] of [["our own SHA-256", sha256] as const, ["Node's SHA-256", nodeSha256] as const]) {
  test(`leaf.json: commitments, owner hash, manifest and leaf, with ${name}`, () => {
    const given = Object.fromEntries(
      leaf.fields.map((field: { field: Field; value: string }) => [field.field, field.value]),
    );
    const made = commit(hash, bytes(leaf.master_secret_hex), bytes(leaf.letter_id_hex), given as FieldValues);
    for (const { field, salt, commitment } of leaf.fields as {
      field: Field;
      salt: string;
      commitment: string;
    }[]) {
      assert.equal(encodeHex(made.salts[field]), salt);
      assert.equal(encodeHex(made.fields[field]), commitment);
    }
    assert.equal(encodeBase64url(made.commitment), leaf.signature_commitment_base64url);
    assert.equal(encodeBase64url(ownerHash(hash, bytes(leaf.owner_secret_hex))), leaf.owner_hash_base64url);

    const manifest = parseManifest(ascii(leaf.manifest));
    assert.ok(!("problem" in manifest));
    assert.equal(decodeUtf8(serialiseManifest(manifest)), leaf.manifest);
    assert.equal(encodeBase64url(manifestHash(hash, manifest)), leaf.manifest_sha256_base64url);

    const entry = parseEntry(ascii(leaf.leaf));
    assert.ok(!("problem" in entry));
    assert.deepEqual({ ...entry }, {
      v: 1,
      t: "sign",
      l: encodeBase64url(bytes(leaf.letter_id_hex)),
      s: 1,
      n: 1,
      c: leaf.signature_commitment_base64url,
      k: "p",
      r: leaf.manifest_sha256_base64url,
      u: leaf.owner_hash_base64url,
    } satisfies Entry);
    assert.equal(decodeUtf8(serialiseEntry(entry)), leaf.leaf);
    assert.equal(encodeHex(leafHash(hash, ascii(leaf.leaf))), leaf.leaf_hash_hex);
  });

  test(`merkle.json: roots, whole and one leaf at a time, with ${name}`, () => {
    const leaves = merkle.leaves_hex.map((hex: string) => leafHash(hash, bytes(hex)));
    for (const [size, root] of Object.entries(merkle.roots_hex))
      assert.equal(encodeHex(rootOf(hash, concatBytes(...leaves.slice(0, Number(size))))), root);
    let edge = emptyEdge;
    for (const hashed of leaves) {
      const expected = merkle.roots_hex[String(edge.size)];
      if (expected) assert.equal(encodeHex(edgeRoot(hash, edge)), expected);
      edge = grow(hash, edge, hashed).edge;
    }
    assert.equal(encodeHex(edgeRoot(hash, edge)), merkle.roots_hex["8"]);
  });
}

test("merkle.json: tile paths, there and back", () => {
  const whole = { level: 0, index: 1234067, width: 256 };
  const partial = { level: 0, index: 273, width: 112 };
  assert.equal(tilePath(whole), merkle.tile_paths["level 0, n 1234067"]);
  assert.equal(tilePath(partial), merkle.tile_paths["level 0, n 273 with 112 hashes"]);
  assert.deepEqual(parseTilePath(tilePath(whole)), whole);
  assert.deepEqual(parseTilePath(tilePath(partial)), partial);
});
