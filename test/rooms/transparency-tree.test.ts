/** The tree, its tiles and its proofs, against RFC 6962's own definitions written out plainly. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concatBytes, encodeHex, encodeUtf8 } from "../../src/transparency/bytes.ts";
import { type Edge, edgeOf, edgeRoot, emptyEdge, grow } from "../../src/transparency/growth.ts";
import { consistencySubtrees, inclusionSubtrees } from "../../src/transparency/prove.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { readConsistencyProof, readInclusionProof } from "../../src/transparency/tile-proof.ts";
import {
  decodeBundle,
  encodeBundle,
  grownTiles,
  narrowTile,
  parseTilePath,
  partialTiles,
  type Tile,
  tileAt,
  tilePath,
} from "../../src/transparency/tiles.ts";
import { leafHash, rootOf, verifyConsistency, verifyInclusion } from "../../src/transparency/tree.ts";

const largest = 70_000;
const edges = [1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, largest];
const sizes = fc.oneof(
  fc.integer({ min: 1, max: largest }),
  fc.constantFrom(...edges),
  fc.integer({ min: 1, max: 600 }),
);

const entry = (index: number) => encodeUtf8(`entry ${index}`);
const leaves = Array.from({ length: largest }, (_, index) => leafHash(nodeSha256, entry(index)));
const row = concatBytes(...leaves);
const same = (actual: Uint8Array, expected: Uint8Array, message?: string) =>
  assert.equal(encodeHex(actual), encodeHex(expected), message);
const flip = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, at) => (at === (bit >> 3) % bytes.length ? byte ^ (1 << (bit & 7)) : byte));

/** MTH of RFC 6962 section 2.1, word for word; roots of whole powers of two are kept. */
const kept = new Map<string, Uint8Array>();
function treeHash(start: number, end: number): Uint8Array {
  if (end - start === 0) return nodeSha256(new Uint8Array(0));
  if (end - start === 1) return leaves[start]!;
  const found = kept.get(`${start}-${end}`);
  if (found) return found;
  let k = 1;
  while (k * 2 < end - start) k *= 2;
  const hash = nodeSha256(
    concatBytes(Uint8Array.of(1), treeHash(start, start + k), treeHash(start + k, end)),
  );
  if (2 * k === end - start) kept.set(`${start}-${end}`, hash);
  return hash;
}

/** All tiles of the largest tree, whole or as far as they go, as a store keeps them. */
const stored = new Map<string, Uint8Array>();
for (const { tile, bytes } of grow(nodeSha256, emptyEdge, row).tiles)
  stored.set(`${tile.level}/${tile.index}`, bytes);
const read = (tile: Tile) => stored.get(`${tile.level}/${tile.index}`)!.subarray(0, tile.width * 32);
const readTile = async (tile: Tile) => read(tile);

test("roots are RFC 6962's, at once, batch by batch, and from a stored right edge", () => {
  for (const size of [0, ...edges]) {
    same(rootOf(nodeSha256, row.subarray(0, size * 32)), treeHash(0, size), `size ${size}`);
    same(edgeRoot(nodeSha256, edgeOf(size, read)), treeHash(0, size), `edge of ${size}`);
  }
  fc.assert(
    fc.property(sizes, fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 8 }), (start, batches) => {
      let edge: Edge = edgeOf(start, read);
      for (const batch of batches) {
        const end = Math.min(edge.size + batch, largest);
        edge = grow(nodeSha256, edge, row.subarray(edge.size * 32, end * 32)).edge;
        assert.equal(edge.size, end);
        same(edgeRoot(nodeSha256, edge), treeHash(0, end));
      }
    }),
    { numRuns: 30 },
  );
});

test("a row of hashes is left as it was, whatever array it comes in", () => {
  for (const given of [Buffer.from(row.subarray(0, 96)), row.slice(0, 96)]) {
    const before = encodeHex(given);
    same(rootOf(nodeSha256, given), treeHash(0, 3));
    assert.equal(encodeHex(given), before);
  }
});

test("growing writes the tiles that it is said to write, with what belongs into them", () => {
  const check = (from: number, to: number) => {
    const { tiles } = grow(nodeSha256, edgeOf(from, read), row.subarray(from * 32, to * 32));
    assert.deepEqual(
      tiles.map(({ tile }) => tilePath(tile)),
      Array.from(grownTiles(from, to), tilePath),
    );
    for (const { tile, bytes } of tiles) {
      assert.equal(bytes.length, tile.width * 32);
      const span = 256 ** tile.level;
      for (const at of [0, tile.width - 1]) {
        const start = (tile.index * 256 + at) * span;
        same(bytes.subarray(at * 32, at * 32 + 32), treeHash(start, start + span));
      }
    }
  };
  for (const to of edges) check(0, to);
  for (let at = 1; at < edges.length; at++) check(edges[at - 1]!, edges[at]!);
  check(300, 300);
  fc.assert(
    fc.property(sizes, fc.nat(1500), (from, more) => check(from, Math.min(from + more, largest))),
    { numRuns: 50 },
  );
});

test("partial tiles have the widths of tlog-tiles", () => {
  const partial = (size: number) => partialTiles(size).map(tilePath);
  assert.deepEqual(partial(0), []);
  assert.deepEqual(partial(1), ["tile/0/000.p/1"]);
  assert.deepEqual(partial(255), ["tile/0/000.p/255"]);
  assert.deepEqual(partial(256), ["tile/1/000.p/1"]);
  assert.deepEqual(partial(257), ["tile/0/001.p/1", "tile/1/000.p/1"]);
  assert.deepEqual(partial(65_535), ["tile/0/255.p/255", "tile/1/000.p/255"]);
  assert.deepEqual(partial(65_536), ["tile/2/000.p/1"]);
  assert.deepEqual(partial(65_537), ["tile/0/256.p/1", "tile/2/000.p/1"]);
  assert.deepEqual(partial(70_000), ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
  const all = Array.from(grownTiles(0, 70_000));
  assert.equal(all.filter(({ level, width }) => level === 0 && width === 256).length, 273);
  assert.equal(all.filter(({ level, width }) => level === 1 && width === 256).length, 1);
  assert.equal(tileAt(0, 274, 70_000), undefined);
  assert.equal(tileAt(3, 0, 70_000), undefined);
  assert.deepEqual(tileAt("entries", 273, 70_000), { level: "entries", index: 273, width: 112 });
});

test("inclusion proofs from tiles verify, and fail when any bit of anything is changed", async () => {
  const one = async (size: number, index: number, bit: number) => {
    const root = treeHash(0, size);
    const proof = await readInclusionProof(nodeSha256, readTile, index, size);
    const holds = (leaf: Uint8Array, at: number, hashes: readonly Uint8Array[], of: Uint8Array, n = size) =>
      verifyInclusion(nodeSha256, leaf, at, n, hashes, of);
    const leaf = leaves[index]!;
    assert.ok(holds(leaf, index, proof, root), `${index} in ${size}`);
    assert.equal(holds(leafHash(nodeSha256, flip(entry(index), bit)), index, proof, root), false);
    assert.equal(holds(leaf, index, proof, flip(root, bit)), false);
    if (proof.length > 0) {
      const at = bit % proof.length;
      assert.equal(holds(leaf, index, proof.with(at, flip(proof[at]!, bit)), root), false);
      assert.equal(holds(leaf, index, proof.slice(1), root), false);
      assert.equal(holds(leaf, index, proof.slice(0, -1), root), false);
    }
    assert.equal(holds(leaf, index, [...proof, root], root), false);
    assert.equal(holds(leaf, index + 1, proof, root), false);
    assert.equal(holds(leaf, index - 1, proof, root), false);
    assert.equal(holds(leaf, index, proof, root, index), false);
    assert.equal(holds(leaf.subarray(1), index, proof, root), false);
  };
  for (const size of edges)
    for (const index of [0, size >> 1, size - 1]) await one(size, index, size + index);
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(255), (size, place, bit) => one(size, place % size, bit)),
    { numRuns: 300 },
  );
});

test("consistency proofs from tiles verify, and fail when any bit of anything is changed", async () => {
  const one = async (first: number, second: number, bit: number) => {
    const [before, after] = [treeHash(0, first), treeHash(0, second)];
    const proof = await readConsistencyProof(nodeSha256, readTile, first, second);
    const holds = (a: number, old: Uint8Array, b: number, now: Uint8Array, hashes: readonly Uint8Array[]) =>
      verifyConsistency(nodeSha256, a, old, b, now, hashes);
    assert.ok(holds(first, before, second, after, proof), `${first} to ${second}`);
    assert.equal(holds(first, flip(before, bit), second, after, proof), false);
    if (first > 0) assert.equal(holds(first, before, second, flip(after, bit), proof), false);
    assert.equal(holds(first, before, second, after, [...proof, after]), false);
    if (proof.length > 0) {
      const at = bit % proof.length;
      assert.equal(holds(first, before, second, after, proof.with(at, flip(proof[at]!, bit))), false);
      assert.equal(holds(first, before, second, after, proof.slice(1)), false);
      assert.equal(holds(first, before, second, after, proof.slice(0, -1)), false);
      assert.equal(holds(first, before, second, after, []), false);
    }
    if (first < second) assert.equal(holds(second, after, first, before, proof), false);
  };
  for (const second of edges)
    for (const first of [0, ...edges]) if (first <= second) await one(first, second, second);
  await fc.assert(
    fc.asyncProperty(sizes, sizes, fc.nat(255), (a, b, bit) => one(Math.min(a, b), Math.max(a, b), bit)),
    { numRuns: 300 },
  );
});

test("every index of small trees, every pair of small sizes", async () => {
  for (let size = 1; size <= 40; size++) {
    const root = treeHash(0, size);
    for (let index = 0; index < size; index++) {
      const proof = await readInclusionProof(nodeSha256, readTile, index, size);
      assert.ok(verifyInclusion(nodeSha256, leaves[index]!, index, size, proof, root), `${index} in ${size}`);
    }
    for (let first = 0; first <= size; first++) {
      const proof = await readConsistencyProof(nodeSha256, readTile, first, size);
      assert.ok(
        verifyConsistency(nodeSha256, first, treeHash(0, first), size, root, proof),
        `${first} to ${size}`,
      );
    }
  }
});

test("an empty tree has the one root, and nonsense has no proof", () => {
  const empty = rootOf(nodeSha256, new Uint8Array(0));
  assert.ok(verifyConsistency(nodeSha256, 0, empty, 0, empty, []));
  assert.equal(verifyConsistency(nodeSha256, 0, leaves[0]!, 0, leaves[0]!, []), false);
  assert.equal(verifyConsistency(nodeSha256, 0, leaves[0]!, 1, leaves[0]!, []), false);
  for (const [first, second] of [
    [-1, 2],
    [0.5, 2],
    [2, 2 ** 53],
  ] as const)
    assert.equal(verifyConsistency(nodeSha256, first, empty, second, empty, []), false);
  assert.equal(verifyInclusion(nodeSha256, empty, -1, 1, [], empty), false);
  assert.throws(() => inclusionSubtrees(5, 5), RangeError);
  assert.throws(() => inclusionSubtrees(-1, 5), RangeError);
  assert.throws(() => consistencySubtrees(6, 5), RangeError);
  assert.throws(() => leafHash(nodeSha256, new Uint8Array(65_536)), RangeError);
});

test("sizes beyond 32 bits are counted like any other", () => {
  const size = 2 ** 52 + 12_345;
  const path = inclusionSubtrees(2 ** 40 + 7, size);
  assert.ok(path.length <= 53);
  // All subtrees of a proof and the leaf itself together are the whole tree, each leaf once.
  const leavesOf = (nodes: readonly { height: number }[]) =>
    nodes.reduce((sum, { height }) => sum + 2 ** height, 0);
  assert.equal(
    path.reduce((sum, nodes) => sum + leavesOf(nodes), 1),
    size,
  );
  // With one hash for every subtree of a height, a tree of this size can be had without its leaves.
  const perfect = [leaves[0]!];
  while (perfect.length < 53)
    perfect.push(nodeSha256(concatBytes(Uint8Array.of(1), perfect.at(-1)!, perfect.at(-1)!)));
  const hashOf = (nodes: readonly { height: number }[]) =>
    nodes
      .map(({ height }) => perfect[height]!)
      .reduceRight((right, left) => nodeSha256(concatBytes(Uint8Array.of(1), left, right)));
  const rootAt = (n: number) => {
    const nodes: { height: number }[] = [];
    for (let rest = n, height = 52; height >= 0; height--)
      if (rest >= 2 ** height) {
        nodes.push({ height });
        rest -= 2 ** height;
      }
    return hashOf(nodes);
  };
  assert.ok(verifyInclusion(nodeSha256, leaves[0]!, 2 ** 40 + 7, size, path.map(hashOf), rootAt(size)));
  const before = 2 ** 45 + 99;
  const proof = consistencySubtrees(before, size).map(hashOf);
  assert.ok(verifyConsistency(nodeSha256, before, rootAt(before), size, rootAt(size), proof));
  assert.equal(verifyConsistency(nodeSha256, before + 1, rootAt(before), size, rootAt(size), proof), false);
});

test("tile paths have one spelling", () => {
  const tile = fc.record({
    level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant("entries" as const)),
    index: fc.oneof(fc.maxSafeNat(), fc.nat(5000)),
    width: fc.integer({ min: 1, max: 256 }),
  });
  fc.assert(fc.property(tile, (given) => assert.deepEqual(parseTilePath(tilePath(given)), { ...given })));
  const wrong = [
    ...["", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/x001", "tile/0/x001/x002", "tile/0/001/002"],
    ...[
      "tile/00/000",
      "tile/64/000",
      "tile/-1/000",
      "tile/entries/x000/001",
      "tile/0/x000/000",
      "tile/x/000",
    ],
    ...[
      "tile/0/000.p/0",
      "tile/0/000.p/256",
      "tile/0/000.p/01",
      "tile/0/000.p/",
      "tile/0/000.p",
      "tile/0/000.p/1/",
    ],
    ...[
      "/tile/0/000",
      "tile/0/000\n",
      "tile/0/000?x",
      "tile/0/x009/x007/x199/x254/x740/992",
      "tile/0/../000",
    ],
    ...[`tile/0/${"x001/".repeat(9)}001`],
  ];
  for (const path of wrong) assert.deepEqual(parseTilePath(path), { problem: "tile-path-invalid" }, path);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."tile/0123x.p"), maxLength: 20 }), (path) => {
      const parsed = parseTilePath(`tile/0/${path}`);
      if (!("problem" in parsed)) assert.equal(tilePath(parsed), `tile/0/${path}`);
    }),
  );
});

test("bundles give back their entries, and nothing else is a bundle", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 256 }), (entries) => {
      const bundle = encodeBundle(entries);
      assert.deepEqual(decodeBundle(bundle, entries.length), entries);
      const invalid = { problem: "bundle-invalid" };
      assert.deepEqual(decodeBundle(bundle, entries.length + 1), invalid);
      assert.deepEqual(decodeBundle(bundle, entries.length - 1), invalid);
      assert.deepEqual(decodeBundle(bundle.subarray(0, -1), entries.length), invalid);
      assert.deepEqual(decodeBundle(concatBytes(bundle, Uint8Array.of(0)), entries.length), invalid);
    }),
  );
  const long = new Uint8Array(65_535).fill(1);
  assert.deepEqual(decodeBundle(encodeBundle([long]), 1), [long]);
  assert.throws(() => encodeBundle([new Uint8Array(65_536)]), RangeError);
});

test("a tile of the wrong length is not proved from", async () => {
  await assert.rejects(readInclusionProof(nodeSha256, async (tile) => read(tile).subarray(32), 3, 300));
  assert.throws(() => edgeOf(300, (tile) => read(tile).subarray(32)));
});

test("a partial tile is the beginning of the full one, bundles too", () => {
  const entries = Array.from({ length: 256 }, (_, at) => encodeUtf8(`entry ${at}`.repeat(at % 3)));
  const full = encodeBundle(entries);
  const hashes = concatBytes(...entries.map((entry) => leafHash(nodeSha256, entry)));
  for (const width of [1, 2, 255]) {
    const bundle: Tile = { level: "entries", index: 0, width };
    assert.deepEqual(narrowTile(bundle, full), encodeBundle(entries.slice(0, width)));
    assert.deepEqual(narrowTile({ ...bundle, level: 0 }, hashes), hashes.subarray(0, width * 32));
  }
  assert.equal(narrowTile({ level: "entries", index: 0, width: 1 }, full.subarray(0, -1)), undefined);
  assert.equal(narrowTile({ level: 0, index: 0, width: 1 }, hashes.subarray(0, -1)), undefined);
});
