/** The texts of letters in a mirror: kept as they were shown, without the names beside them, and held to the log offline. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { run as runMirror } from "../../src/exchange/mirror.ts";
import { run as runVerify } from "../../src/exchange/verify.ts";
import { say } from "../support/command.ts";
import { encode, type LogSite, serveSite, siteFiles } from "../support/log-site.ts";
import { MadeLog } from "../support/transparency-log.ts";

const failed = ({ out }: { out: string }) => out.split("\n").filter((line) => line.startsWith("FAILED"));
const uncompared = ({ out }: { out: string }) =>
  out.split("\n").filter((line) => line.startsWith("not run  revisions"));
const differs = (at: number, revision = 1) =>
  `FAILED   revisions    letter letter-${at}, revision ${revision}: the text on the page is not the one in the log`;
const page = (at: number) => `letters/letter-${at}.json`;

let root: string;
let folders = 0;
before(async () => {
  root = await mkdtemp(join(tmpdir(), "undersigned-texts-"));
});
after(() => rm(root, { recursive: true, force: true }));

let made: MadeLog;
let site: LogSite;
let folder: string;
beforeEach(async () => {
  folder = join(root, `mirror-${folders++}`);
  made = new MadeLog();
  for (const title of ["Save the river", "Answer your letters"]) made.letter().publish(title);
  made.letters[0]!.sign("Ada");
  await made.publish();
  site = await serveSite(siteFiles(made));
});
afterEach(() => site.stop());

const mirror = () => say(runMirror, site.url, folder);
const verify = (source = folder) => say(runVerify, source);
const kept = (path: string) => readFile(join(folder, path), "utf8");

/** All files of the folder, by their paths. */
async function contents(): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const read = paths.map(async (path) => [relative(folder, path), await readFile(path)] as const);
  return new Map(await Promise.all(read));
}

async function mirrored(): Promise<void> {
  const said = await mirror();
  assert.equal(said.code, 0, said.out + said.err);
  assert.deepEqual(uncompared(said), []);
}

/** Changes what the site serves under a path. */
function serve(path: string, value: object): void {
  site.files.set(path, encode(value));
}

test("a mirror keeps the texts and none of the names on the pages, and holds the texts to the log", async () => {
  const entry = made.letters[0]!.openings[0]!.index;
  const signatories = { people: { names: [{ name: "Ada", role: "Engineer", orcid: "0000-0001", entry }] } };
  serve(page(0), { ...JSON.parse(Buffer.from(site.files.get(page(0))!).toString()), signatories });
  await mirrored();
  const said = await verify();
  assert.equal(said.code, 0, said.out);
  assert.deepEqual(uncompared(said), []);
  assert.match(await kept(page(0)), /Save the river/);
  assert.doesNotMatch(await kept(page(0)), /Ada|Engineer|0000-0001/);
});

test("one word changed in a kept page is named, offline and where the folder is served, until the next run", async () => {
  await mirrored();
  await writeFile(join(folder, page(0)), (await kept(page(0))).replace("river", "railway"));
  const said = await verify();
  assert.equal(said.code, 1);
  assert.deepEqual(failed(said), [differs(0)]);
  const copy = await serveSite(await contents());
  assert.deepEqual(failed(await verify(copy.url)), [differs(0)]);
  await copy.stop();
  await mirrored();
  assert.equal((await verify()).code, 0);
});

test("a mirror of before texts were kept says that it does not compare them, and the next run fetches them", async () => {
  await mirrored();
  for (const at of [0, 1]) await rm(join(folder, page(at)));
  const said = await verify();
  assert.equal(said.code, 0, said.out);
  assert.deepEqual(uncompared(said), [
    "not run  revisions    the text shown is the one in the log: no text is kept here, but undersigned mirror fetches it, of letter-0, letter-1",
  ]);
  await mirrored();
  assert.deepEqual(uncompared(await verify()), []);
});

test("the kept text follows the page: a new revision, a page that goes, and one that comes back", async () => {
  await mirrored();
  made.letters[0]!.publish("Save the river and the lake");
  await made.publish();
  site.files = siteFiles(made);
  await mirrored();
  assert.match(await kept(page(0)), /and the lake/);
  assert.equal((await verify()).code, 0);

  site.files.delete(page(0));
  const said = await mirror();
  assert.equal(said.code, 0, said.out);
  assert.match(uncompared(said).join(), /the site gives no text of letter-0$/);
  assert.equal(await kept(page(0)), "");
  assert.match(uncompared(await verify()).join(), /no text is kept here, .* of letter-0$/);

  site.files = siteFiles(made);
  await mirrored();
  assert.equal((await verify()).code, 0);
});

test("a text that is not the one in the log is kept as it was shown, and goes on being named", async () => {
  const shown = made.letters[0]!.page;
  const another = { ...shown, texts: shown.texts.map((text) => ({ ...text, body: "Drain it." })) };
  for (const bytes of [
    encode(another),
    encode({ ...another, texts: [] }),
    Buffer.from("<p>Save the river"),
    encode([]),
    encode(null),
    // Longer than any page may be.
    encode({ ...shown, summary: "x".repeat(16_000_000) }),
    // A page of letters that take more room when they are written again.
    encode({ ...shown, texts: Array.from({ length: 1_000_000 }, () => 1) }),
  ]) {
    site.files.set(page(0), bytes);
    const said = await mirror();
    assert.equal(said.code, 1, said.err);
    assert.match(said.out, /Kept in/);
    assert.match(
      failed(said).join(),
      /letter-0, revision [01]: the text on the page is not the one in the log/,
    );
    const offline = await verify();
    assert.deepEqual(failed(offline), failed(said));
    assert.ok((await kept(page(0))).length < 16_000_000);
  }
});

test("a kept text that stayed behind the log is named", async () => {
  await mirrored();
  const early = await kept(page(0));
  made.letters[0]!.publish("Save the river and the lake");
  await made.publish();
  site.files = siteFiles(made);
  await mirrored();
  await writeFile(join(folder, page(0)), early);
  assert.deepEqual(failed(await verify()), [
    "FAILED   revisions    letter letter-0, revision 1: the page goes on showing this text; the log's latest is revision 2",
  ]);
});

test("nothing stays of a letter that is listed no longer, nor of what a run that was killed had read of it", async () => {
  await mirrored();
  const left = join(folder, ".incoming", "letters/gone/openings.json");
  await mkdir(dirname(left), { recursive: true });
  await writeFile(left, "Ada");
  // The letter has another address now, and its old one leads nowhere.
  const renamed = Array.from(site.files, ([path, bytes]) => [
    path.replace("letter-0", "river"),
    path === "letters.json" ? Buffer.from(Buffer.from(bytes).toString().replace("letter-0", "river")) : bytes,
  ]);
  site.files = new Map(renamed as [string, Uint8Array][]);
  await mirrored();
  assert.deepEqual((await readdir(join(folder, "letters"))).sort(), [
    "letter-1",
    "letter-1.json",
    "river",
    "river.json",
  ]);
  assert.equal((await verify()).code, 0);
});
