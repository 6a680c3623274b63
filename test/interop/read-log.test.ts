/**
 * An independent implementation reads the served log: Go's packages for signed notes and transparency logs. It needs
 * Debian's golang-go and golang-golang-x-mod-dev (docs/log.md); where they are not installed the test says so.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { formatVerifierKey } from "../../src/transparency/verifier-key.ts";
import { logSigner, type TestApp } from "../support/app.ts";
import { listen } from "../support/listen.ts";
import { queueDeliveries } from "../support/many-events.ts";
import { openLetter, person, signAndConfirm, startSigningApp } from "../support/signing.ts";

const run = promisify(execFile);
/** Where Debian puts the sources of Go's packages. */
const gopath = "/usr/share/gocode";
const hasGo =
  existsSync(join(gopath, "src/golang.org/x/mod/sumdb/tlog")) &&
  (await run("go", ["version"]).then(
    () => true,
    () => false,
  ));
const skip = hasGo ? false : "left out: Debian's golang-go and golang-golang-x-mod-dev are not installed";

let app: TestApp;
let site: { origin: string; stop(): Promise<void> };
let folder: string;
let program: string;

before(async () => {
  if (skip) return;
  folder = await mkdtemp(join(tmpdir(), "undersigned-interop-"));
  program = join(folder, "read-log");
  const source = join(import.meta.dirname, "read-log.go");
  await run("go", ["build", "-o", program, source], {
    env: { ...process.env, GO111MODULE: "off", GOPATH: gopath, GOFLAGS: "", GOCACHE: join(folder, "cache") },
  });
  app = await startSigningApp();
  site = await listen(app);
});
after(async () => {
  if (skip) return;
  await site.stop();
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** Lets Go read the log. @returns what it has checked */
async function read(
  receipt: string,
  key = formatVerifierKey(logSigner.key),
): Promise<Record<string, number>> {
  const file = join(folder, "receipt.json");
  await writeFile(file, receipt);
  const { stdout } = await run(program, [`${site.origin}/log`, key, file]);
  return JSON.parse(stdout) as Record<string, number>;
}

test("Go opens the checkpoint, hashes every entry, checks a receipt and that the log has only grown", {
  skip,
}, async () => {
  const letter = await app.letter({ ...openLetter });
  const own = await signAndConfirm(app, letter.slug, person());
  const receipt = await (await app.fetch(`${own}/receipt.json`)).text();
  assert.deepEqual(await read(receipt), { size: 2, entries: 2, index: 1, old: 2 });
  for (const size of [255, 256, 257, 600, 66_000]) {
    const note = await (await app.fetch("/log/checkpoint")).text();
    await queueDeliveries(app.db, letter.id, size - Number(note.split("\n")[1]));
    assert.deepEqual(await read(receipt), { size, entries: size, index: 1, old: 2 });
  }
  const late = await signAndConfirm(app, letter.slug, person({ email: "late@example.org" }));
  const newer = await (await app.fetch(`${late}/receipt.json`)).text();
  await queueDeliveries(app.db, letter.id, 1_000);
  assert.deepEqual(await read(newer), { size: 67_001, entries: 67_001, index: 66_000, old: 66_001 });
});

test("Go refuses another key, and a receipt with another entry", { skip }, async () => {
  const letter = await app.letter({ ...openLetter, slug: "second" });
  const own = await signAndConfirm(app, letter.slug, person());
  const receipt = await (await app.fetch(`${own}/receipt.json`)).text();
  await read(receipt);
  await assert.rejects(read(receipt.replace(/\\"n\\":1/, '\\"n\\":2')), /invalid transparency proof/);
  const other = "localhost/log+31e1e5e9+AbUuxHGTnmFxcFXRhmv7AWW1ne1rdnLl6wIgKSgTKCUB";
  await assert.rejects(read(receipt, other));
});
