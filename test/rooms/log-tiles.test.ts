/** The log's files as c2sp.org/tlog-tiles asks for them, at the sizes where tiles fill up. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bundleLength } from "../../src/transparency/tiles.ts";
import type { TestApp } from "../support/app.ts";
import { queueDeliveries } from "../support/many-events.ts";
import { assertLogHolds } from "../support/served-log.ts";
import { openLetter, startSigningApp } from "../support/signing.ts";

let app: TestApp;
let letter: string;

before(async () => {
  app = await startSigningApp();
});
after(() => app.close());

/** Lets the log grow to a size. */
async function growTo(size: number): Promise<void> {
  const now = Number((await (await app.fetch("/log/checkpoint")).text()).split("\n")[1]);
  await queueDeliveries(app.db, letter, size - now);
}

/** The bytes under a path, which must be served as what never changes. */
async function file(path: string): Promise<Uint8Array> {
  const answer = await app.fetch(`/log/${path}`);
  assert.equal(answer.status, 200, path);
  assert.equal(answer.headers.get("cache-control"), "public, max-age=31536000, immutable", path);
  assert.equal(answer.headers.get("content-type"), "application/octet-stream");
  assert.equal(answer.headers.get("access-control-allow-origin"), "*");
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  return new Uint8Array(await answer.arrayBuffer());
}

async function assertMissing(path: string): Promise<void> {
  const answer = await app.fetch(`/log/${path}`);
  assert.equal(answer.status, 404, path);
  assert.equal(answer.headers.get("cache-control"), "no-store", path);
}

/** For each size: the tiles at the right edge by their paths, and what is not there. */
const sizes: [size: number, hashes: Record<string, number>, missing: string[]][] = [
  [0, {}, ["tile/0/000", "tile/0/000.p/1", "tile/0/000.p/0", "tile/1/000.p/1", "tile/entries/000.p/1"]],
  [1, { "tile/0/000.p/1": 1 }, ["tile/0/000", "tile/0/000.p/2", "tile/1/000.p/1"]],
  [255, { "tile/0/000.p/255": 255, "tile/0/000.p/1": 1 }, ["tile/0/000", "tile/1/000.p/1", "tile/0/001.p/1"]],
  [
    256,
    { "tile/0/000": 256, "tile/1/000.p/1": 1 },
    ["tile/0/001.p/1", "tile/1/000.p/2", "tile/1/000", "tile/2/000.p/1"],
  ],
  [
    257,
    { "tile/0/000": 256, "tile/0/001.p/1": 1, "tile/1/000.p/1": 1 },
    ["tile/0/001", "tile/0/001.p/2", "tile/1/000.p/2"],
  ],
  [
    65_535,
    { "tile/0/254": 256, "tile/0/255.p/255": 255, "tile/1/000.p/255": 255 },
    ["tile/0/255", "tile/0/256.p/1", "tile/1/000", "tile/2/000.p/1"],
  ],
  [
    65_536,
    { "tile/0/255": 256, "tile/1/000": 256, "tile/2/000.p/1": 1 },
    ["tile/0/256.p/1", "tile/1/001.p/1", "tile/2/000.p/2", "tile/3/000.p/1"],
  ],
  [
    65_537,
    { "tile/0/255": 256, "tile/0/256.p/1": 1, "tile/1/000": 256, "tile/2/000.p/1": 1 },
    ["tile/0/256", "tile/0/256.p/2", "tile/1/001.p/1", "tile/2/000.p/2", "tile/3/000.p/1"],
  ],
];

test("tiles, bundles and what is not there, at the edges of sizes", async () => {
  for (const [size, tiles, missing] of sizes) {
    if (size === 1) letter = (await app.letter({ ...openLetter })).id;
    if (size > 1) await growTo(size);
    const checkpoint = await app.fetch("/log/checkpoint");
    assert.equal((await checkpoint.text()).split("\n")[1], String(size));
    for (const [path, width] of Object.entries(tiles)) {
      assert.equal((await file(path)).length, width * 32, `${path} at ${size}`);
      if (!path.startsWith("tile/0/")) continue;
      const bundle = await file(path.replace("tile/0/", "tile/entries/"));
      assert.equal(bundleLength(bundle, width), bundle.length, `entries of ${path} at ${size}`);
    }
    for (const path of missing) {
      await assertMissing(path);
      if (path.startsWith("tile/0/")) await assertMissing(path.replace("tile/0/", "tile/entries/"));
    }
  }
  await assertLogHolds(app);
});

test("a partial tile stays under its path, and is the beginning of the full one", async () => {
  const full = await file("tile/0/000");
  for (const width of [1, 100, 255])
    assert.deepEqual(await file(`tile/0/000.p/${width}`), full.subarray(0, width * 32));
  const bundle = await file("tile/entries/000");
  for (const width of [1, 100, 255])
    assert.deepEqual(
      await file(`tile/entries/000.p/${width}`),
      bundle.subarray(0, bundleLength(bundle, width)),
    );
});

test("one tile has one path", async () => {
  for (const path of [
    "tile/0/000.p/256",
    "tile/0/000.p/0",
    "tile/0/000.p/01",
    "tile/0/000.p/",
    "tile/0/0",
    "tile/0/0000",
    "tile/0/x000/000",
    "tile/00/000",
    "tile/64/000",
    "tile/-1/000",
    "tile/entries/x000/000",
    "tile/entry/000",
    "tile/0/000/",
    "tile/0/x999/x999/x999/x999/x999/999",
    "tile/0/%30%30%30.p/0",
  ])
    await assertMissing(path);
});

test("the checkpoint and the key may be kept for a little while, and read from anywhere", async () => {
  for (const [path, caching] of [
    ["checkpoint", "public, max-age=2"],
    ["key", "public, max-age=300"],
  ] as const) {
    const answer = await app.fetch(`/log/${path}`);
    assert.equal(answer.headers.get("cache-control"), caching);
    assert.equal(answer.headers.get("content-type"), "text/plain; charset=utf-8");
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    const head = await app.fetch(`/log/${path}`, { method: "HEAD" });
    assert.equal(head.status, 200);
    assert.equal(await head.text(), "");
  }
});
