/** Openings: exactly the names that the log discloses, as things stood at one of its sizes. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { writeOpenings } from "../../src/archive/openings.ts";
import { type OpeningsFile, parseOpeningsFile } from "../../src/transparency/opening.ts";
import type { TestApp } from "../support/app.ts";
import { assertLogHolds } from "../support/served-log.ts";
import {
  confirm,
  mailedLink,
  openLetter,
  person,
  sign,
  signAndConfirm,
  startSigningApp,
} from "../support/signing.ts";
import { addThousand } from "../support/thousand.ts";

let app: TestApp;
let letter: { id: string; slug: string };

before(async () => {
  app = await startSigningApp();
  letter = await app.letter({ ...openLetter });
});
after(async () => {
  await assertLogHolds(app);
  await app.close();
});

function read(text: string): OpeningsFile {
  const file = parseOpeningsFile(text);
  assert.ok(!("problem" in file), text);
  return file;
}
const served = async () => read(await (await app.fetch(`/letters/${letter.slug}/openings.json`)).text());

/** As they would be made just now, with whatever waits for its number. Nothing if names are on their way out. */
async function made(): Promise<OpeningsFile | undefined> {
  let text = "";
  const written = await writeOpenings(app.db, letter.id, (piece) => {
    text += piece;
  });
  return written ? read(text) : undefined;
}

test("no signature, one, and one that is not shown", async () => {
  const empty = await served();
  assert.deepEqual([empty.size, empty.count, empty.openings], [1, 0, []]);
  await signAndConfirm(app, letter.slug, person());
  const one = await served();
  assert.deepEqual([one.size, one.count, one.openings.length], [2, 1, 1]);
  const opening = one.openings[0] as Record<string, unknown>;
  assert.deepEqual(
    [opening.index, opening.s, opening.name, opening.affiliation],
    [1, 1, "Ada Byron", "Analytical Society"],
  );
  assert.deepEqual(Object.keys(opening), [
    "index",
    "s",
    "name",
    "affiliation",
    "salt_name",
    "salt_affiliation",
    "c_email",
  ]);
  await signAndConfirm(app, letter.slug, person({ email: "quiet@example.org", show: "no" }));
  const two = await served();
  assert.deepEqual([two.size, two.count, two.openings], [4, 2, one.openings]);
});

test("what waits for its number is not counted yet, and a name that was never shown holds nobody up", async () => {
  const form = person({ email: "second@example.org", show: "no" });
  await sign(app, letter.slug, form);
  const before = await served();
  // Confirmed; its entry and its erasure wait.
  const link = await mailedLink(app, form.email!);
  await app.withLogHeld(() => app.post(link, {}));
  assert.deepEqual(await made(), before);
  assert.equal((await served()).count, before.count + 1);
});

test("while a name is on its way out, nothing is said that is not so", async () => {
  const form = person({ email: "third@example.org", name: "Eve Gone" });
  await sign(app, letter.slug, form);
  const own = await confirm(app, await mailedLink(app, form.email!));
  const before = await served();
  await app.withLogHeld(() => app.post(`${own}/erase`, {}));
  // Nobody sequences here: after some patience there is no answer.
  assert.equal(await made(), undefined);
  const after = await served();
  assert.equal(after.count, before.count - 1);
  assert.ok(!JSON.stringify(after).includes("Eve Gone"));
});

test("a long list goes through a file, made once for all who ask at a time and open no longer than it is read", async () => {
  const long = await startSigningApp();
  try {
    const { id, slug } = await long.letter({ ...openLetter });
    await addThousand(long, id);
    // As if the others were not shown: only the length decides.
    await sql`update tally set people = people + 2000 where letter_id = ${id}`.execute(long.db);
    const path = `/letters/${slug}/openings.json`;
    const whole = await long.fetch(path);
    assert.equal(read(await whole.text()).openings.length, 1_000);
    for (let at = 0; at < 5; at++) {
      const head = await long.fetch(path, { method: "HEAD" });
      assert.equal(head.status, 200);
      assert.equal(head.headers.get("content-type"), whole.headers.get("content-type"));
    }
    assert.deepEqual(openFiles(), []);
    // Whoever asks while it is made shares one file, which stands until the last has read it or has gone.
    const asked = await Promise.all(Array.from({ length: 6 }, () => long.fetch(path)));
    assert.ok(openFiles().length < asked.length, `${openFiles().length} files`);
    const [gone, ...others] = asked;
    await gone!.body!.cancel();
    for (const answer of others) assert.equal(read(await answer.text()).openings.length, 1_000);
    assert.deepEqual(openFiles(), []);
    if (process.platform !== "linux") return;
    // A disk that has no room for the last two bytes: an answer that says so, and no file that is cut short.
    const length = (await (await long.fetch(path)).arrayBuffer()).byteLength;
    for (const room of [length - 2, 100_000]) {
      limitFiles(room);
      const refused = await long.fetch(path).finally(() => limitFiles("unlimited"));
      assert.equal(refused.status, 500);
      assert.deepEqual(openFiles(), []);
    }
    assert.equal(read(await (await long.fetch(path)).text()).openings.length, 1_000);
  } finally {
    await long.close();
  }
});

/** Bounds the files that this process writes, as a full disk does: what goes beyond is cut off, and then refused. */
function limitFiles(most: number | "unlimited"): void {
  execFileSync("prlimit", ["--pid", String(process.pid), `--fsize=${most}:`]);
}

/** Files of openings that this process holds, as far as the system tells. */
function openFiles(): string[] {
  const folder = "/proc/self/fd";
  if (process.platform !== "linux") return [];
  return readdirSync(folder).flatMap((name) => {
    try {
      const path = readlinkSync(`${folder}/${name}`);
      return path.includes("undersigned-openings-") ? [path] : [];
    } catch {
      // The folder itself was open while it was read.
      return [];
    }
  });
}
