/** Keys that are made once: whoever asks gets the same, and no copy of it is left lying about. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { keptKey } from "../../src/ops/key-file.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-key-file-"));
});
after(() => rm(folder, { recursive: true, force: true }));

test("many that make one at the same time are given the same, and leave that file alone", async () => {
  const asked = Array.from({ length: 40 }, (_, at) =>
    keptKey(join(folder, "many"), "log-key", () => `key ${at}`),
  );
  const keys = new Set((await Promise.all(asked)).map(({ key }) => key));
  assert.equal(keys.size, 1);
  assert.deepEqual(await readdir(join(folder, "many")), ["log-key"]);
  assert.equal(await readFile(join(folder, "many/log-key"), "utf8"), `${[...keys][0]}\n`);
  assert.equal((await stat(join(folder, "many/log-key"))).mode & 0o777, 0o600);
});

test("drafts that a crash has left go once the key is there; other files of a like name stay", async () => {
  const own = join(folder, "left");
  await keptKey(own, "secret-key", () => "first");
  const others = ["log-key.bak", "log-key.0123456789abcdef", "old-log-key.0123456789ab", "secret-key"];
  for (const name of [...others.slice(0, 3), "log-key.0123456789ab"])
    await writeFile(join(own, name), "a key\n");
  const made = await keptKey(own, "log-key", () => "second");
  assert.equal(made.key, "second");
  assert.deepEqual((await readdir(own)).toSorted(), ["log-key", ...others].toSorted());
  await writeFile(join(own, "log-key.ba9876543210"), "second\n");
  assert.equal((await keptKey(own, "log-key", () => "third")).key, "second");
  assert.deepEqual((await readdir(own)).toSorted(), ["log-key", ...others].toSorted());
});
