/** How far the log has been let out, kept outside of the database, so that an old copy of it is never signed. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type HighWater, LogRewound, openHighWater } from "../../src/transparency/high-water.ts";
import { signCheckpoint } from "../../src/transparency/sequence.ts";
import { openSiteLog } from "../../src/transparency/site-log.ts";
import { logSigner, startTestApp } from "../support/app.ts";
import { openLetter } from "../support/signing.ts";

const origin = logSigner.key.name;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-high-water-"));
});
after(() => rm(folder, { recursive: true, force: true }));

/** A signed checkpoint of a size; its root is this byte 32 times. */
const checkpoint = (size: number, root = 1) => signCheckpoint(logSigner, size, new Uint8Array(32).fill(root));
/** So many checkpoints, each of one entry more. */
const checkpoints = (first: number, count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => checkpoint(first + at)));
const open = (name: string): Promise<HighWater> => openHighWater(join(folder, name), origin);

test("notes what is higher, and refuses what is lower or another of the same size", async () => {
  const highWater = await open("one");
  await highWater.raise(await checkpoint(3));
  await highWater.raise(await checkpoint(3));
  await highWater.raise(await checkpoint(7));
  await assert.rejects(highWater.raise(await checkpoint(6)), LogRewound);
  await assert.rejects(highWater.raise(await checkpoint(7, 2)), LogRewound);
  assert.equal((await open("one")).highest?.size, 7);
  // A refusal holds nothing up.
  await highWater.raise(await checkpoint(8));
  assert.equal((await open("one")).highest?.size, 8);
});

test("two servers that share the folder never bring the file back", async () => {
  const [one, other] = [await open("shared"), await open("shared")];
  await one.raise(await checkpoint(9));
  await other.raise(await checkpoint(5));
  assert.equal((await open("shared")).highest?.size, 9);
  await Promise.all((await checkpoints(10, 40)).map((note, at) => (at % 2 ? one : other).raise(note)));
  assert.equal((await open("shared")).highest?.size, 49);
  assert.deepEqual(await readdir(join(folder, "shared")), ["49"]);
});

test("what a server that died has left goes at the next start, and hinders nobody who is writing", async () => {
  const one = await open("left");
  await one.raise(await checkpoint(9));
  await writeFile(join(folder, "left/draft-0190c5d4"), (await checkpoint(10)).slice(0, 30));
  // Servers start while another writes.
  const writing = (await checkpoints(11, 60)).map((note) => one.raise(note));
  const starting = Array.from({ length: 60 }, () => open("left"));
  await Promise.all([...writing, ...starting]);
  assert.deepEqual(await readdir(join(folder, "left")), ["70"]);
  assert.equal((await open("left")).highest?.size, 70);
});

test("a file of another log's name gives way; one that holds no checkpoint is refused", async () => {
  await (await open("named")).raise(await checkpoint(9));
  const renamed = await openHighWater(join(folder, "named"), "letters.example.org/log2");
  assert.equal(renamed.highest, undefined);
  await (await open("broken")).raise(await checkpoint(9));
  await writeFile(join(folder, "broken/9"), (await checkpoint(9)).slice(0, 30));
  await assert.rejects(open("broken"), /holds no checkpoint/);
});

test("a server starts again when what is published lags behind what it has noted", async () => {
  const app = await startTestApp();
  try {
    await app.letter(openLetter);
    await app.sequence();
    const newest = await app.db.selectFrom("log_state").selectAll().executeTakeFirstOrThrow();
    const highWater = await open("lagging");
    await highWater.raise(newest.checkpoint);
    const published = await signCheckpoint(logSigner, 0, newest.root);
    await app.db.updateTable("log_state").set({ published }).execute();
    const again = await openSiteLog(app.db, logSigner, await open("lagging"));
    assert.equal((await again.published()).checkpoint.size, 0);

    await app.db.updateTable("log_state").set({ size: 0 }).execute();
    await assert.rejects(openSiteLog(app.db, logSigner, await open("lagging")), LogRewound);
  } finally {
    await app.close();
  }
});
