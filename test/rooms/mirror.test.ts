/** `undersigned mirror`: a copy that can be killed at any moment, that verifies offline, and that no rewriting gets into. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { run as runMirror } from "../../src/exchange/mirror.ts";
import { run as runVerify } from "../../src/exchange/verify.ts";
import { formatVerifierKey } from "../../src/transparency/verifier-key.ts";
import { say } from "../support/command.ts";
import { type LogSite, serveSite, siteFiles } from "../support/log-site.ts";
import { log, MadeLog, witnesses } from "../support/transparency-log.ts";

const key = formatVerifierKey(log.key);
const program = join(import.meta.dirname, "../../bin/undersigned");
const mirror = (...args: string[]) => say(runMirror, ...args);
const verify = (...args: string[]) => say(runVerify, ...args);
const failed = ({ out }: { out: string }) => out.split("\n").filter((line) => line.startsWith("FAILED"));

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), "undersigned-mirror-"));
});
const sites: LogSite[] = [];
after(async () => {
  await Promise.all(sites.map((site) => site.stop()));
  await rm(root, { recursive: true, force: true });
});
let folders = 0;
const newFolder = () => join(root, `mirror-${folders++}`);

async function serve(...given: Parameters<typeof serveSite>): Promise<LogSite> {
  const site = await serveSite(...given);
  sites.push(site);
  return site;
}

/** A log of two letters with so many entries. */
function logOf(size: number): MadeLog {
  const made = new MadeLog();
  for (const title of ["one", "two"].slice(0, size)) made.letter().publish(title);
  grow(made, size);
  return made;
}

function grow(made: MadeLog, size: number): void {
  while (made.size < size) made.letters[made.size % made.letters.length]!.sign(`Name ${made.size}`);
}

/** What stands in a folder, by path. */
async function contents(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = paths
    .sort()
    .map(async (path) => [relative(folder, path), await readFile(path, "base64")] as const);
  return new Map(await Promise.all(read));
}

test("a mirror verifies offline, is a site itself, and fetches only what is new", async () => {
  const folder = newFolder();
  const made = logOf(1);
  await made.publish();
  const site = await serve(siteFiles(made));
  const sizes = [1, 255, 256, 257, 600];
  for (const size of sizes) {
    grow(made, size);
    await made.publish();
    site.files = siteFiles(made);
    site.asked.length = 0;
    const said = await mirror(site.url, folder);
    assert.equal(said.code, 0, said.out + said.err);
    const full = site.asked.filter((path) => /^log\/tile\/(?:entries|0)\/\d{3}$/.test(path));
    const fresh = { 256: ["000"], 600: ["001"] }[size as number] ?? [];
    assert.deepEqual(
      [...new Set(full)].sort(),
      ["0", "entries"].flatMap((level) => fresh.map((number) => `log/tile/${level}/${number}`)),
      String(size),
    );
    const offline = await verify(folder, "--key", key);
    assert.equal(offline.code, 0, offline.out);
    assert.match(offline.out, new RegExp(`^Size {2}${size}$`, "m"));
    assert.match(offline.out, /^passed {3}consistency/m);
  }
  assert.match((await mirror(site.url, folder)).out, /^Size {2}600$/m);

  const kept = await contents(folder);
  const checkpoints = [...kept.keys()].filter((path) => path.startsWith("log/checkpoints/"));
  assert.deepEqual(
    checkpoints.map((path) => Number(/(\d+)-/.exec(path)?.[1])).sort((a, b) => a - b),
    sizes,
  );
  assert.ok(!kept.has("log/tile/0/000.p/255"));
  assert.ok(![...kept.keys()].some((path) => path.startsWith(".")));

  // Served as files, it is a log like any other.
  const files = new Map(Array.from(kept, ([path, bytes]) => [path, Buffer.from(bytes, "base64")]));
  const copy = await serve(files);
  assert.equal((await verify(copy.url, "--key", key)).code, 0);
  const second = newFolder();
  assert.equal((await mirror(copy.url, second)).code, 0);
  assert.equal((await verify(second, "--key", key)).code, 0);
});

test("an empty log, and a letter that goes away", async () => {
  const folder = newFolder();
  const made = new MadeLog();
  await made.publish();
  const site = await serve(siteFiles(made));
  assert.equal((await mirror(site.url, folder)).code, 0);
  assert.equal((await verify(folder)).code, 0);
  const letter = made.letter();
  letter.publish("one");
  const { s, owner } = letter.sign("Ada");
  await made.publish();
  site.files = siteFiles(made);
  assert.equal((await mirror(site.url, folder)).code, 0);
  letter.remove("withdraw", s, owner);
  await made.publish();
  site.files = siteFiles(made);
  site.files.delete("letters/letter-0/openings.json");
  const said = await mirror(site.url, folder);
  assert.equal(said.code, 0, said.out);
  assert.equal((await verify(folder)).code, 0);
});

test("called wrongly, or on a folder that is something else", async () => {
  const made = logOf(3);
  await made.publish();
  const site = await serve(siteFiles(made));
  const other = newFolder();
  await mkdir(other);
  await writeFile(join(other, "thesis.txt"), "mine");
  const folder = newFolder();
  assert.equal((await mirror(site.url, folder)).code, 0);
  const letters = await mirror(site.url, folder, "--key", strangerKey);
  assert.equal(letters.code, 2, letters.out);
  for (const args of [[], [site.url], [folder, folder], [site.url, folder, "x"], [site.url, other]]) {
    const said = await mirror(...args);
    assert.equal(said.code, 2, args.join(" "));
    assert.match(said.err, /--help/);
  }
  assert.deepEqual([...(await contents(other)).keys()], ["thesis.txt"]);
  const nowhere = await mirror(site.url, join(other, "thesis.txt", "below"));
  assert.equal(nowhere.code, 3);
  assert.match(nowhere.err, /Nothing is said about the log/);
  const help = await mirror("--help");
  assert.equal(help.code, 0);
  assert.match(help.out, /^Usage: undersigned mirror URL FOLDER/);
});
const strangerKey = "example.com/foo+530d903b+AZbB2hiUrMQQIxJVHv6ixkU3O0ZpTaszZ8nEbdUEPXGD";

/** Two logs that agree up to `same` entries, and differ from there. */
function split(same: number, sizes: [number, number]): [MadeLog, MadeLog] {
  const one = logOf(same);
  const other = new MadeLog();
  for (const letter of one.letters) other.letters.push(letter);
  for (const entry of one.entries) other.add(entry);
  if (same === 0) one.letter().publish("one");
  grow(one, sizes[0]);
  while (other.size < sizes[1]) other.add(Buffer.from(`{"forged":${other.size}}`));
  return [one, other];
}

test("a rewritten history is refused: the mirror stays as it was, and the evidence is kept", async () => {
  for (const [same, sizes] of [
    [3, [300, 300]],
    [299, [300, 700]],
    [256, [600, 601]],
    [513, [900, 600]],
    [0, [1, 70_000]],
  ] as [number, [number, number]][]) {
    const folder = newFolder();
    const [honest, forged] = split(same, sizes);
    const first = await honest.publish();
    const second = await forged.publish();
    const site = await serve(siteFiles(honest));
    assert.equal((await mirror(site.url, folder)).code, 0);
    const before = await contents(folder);
    site.files = siteFiles(forged);
    for (let round = 0; round < 2; round++) {
      const said = await mirror(site.url, folder);
      assert.equal(said.code, 1);
      assert.match(failed(said).join(), /consistency .*rewritten/);
      assert.match(
        said.out,
        new RegExp(`first that differs is entry ${same}:\n +kept +\\{"[^\n]*\n +served +\\{"forged"`),
      );
    }
    const now = await contents(folder);
    const evidence = [...now.keys()].filter((path) => path.startsWith("evidence/"));
    const names = [
      "kept-checkpoint",
      ...(sizes[0] === sizes[1] ? [] : ["proof"]),
      "served-checkpoint",
      "what-differs.txt",
    ];
    assert.deepEqual(evidence.map((path) => path.split("/")[2]).sort(), names);
    const read = (name: string) =>
      Buffer.from(now.get(evidence.find((path) => path.endsWith(name))!)!, "base64");
    assert.equal(read("kept-checkpoint").toString(), first);
    assert.equal(read("served-checkpoint").toString(), second);
    for (const path of evidence) now.delete(path);
    assert.deepEqual(now, before);
    assert.equal((await verify(folder, "--key", key)).code, 0);
  }
});

test("an older state is no rewritten history, and changes nothing", async () => {
  const folder = newFolder();
  const made = logOf(300);
  await made.publish();
  const old = siteFiles(made);
  grow(made, 700);
  await made.publish();
  const site = await serve(siteFiles(made));
  assert.equal((await mirror(site.url, folder)).code, 0);
  const before = await contents(folder);
  site.files = old;
  const said = await mirror(site.url, folder);
  assert.equal(said.code, 1);
  assert.match(failed(said).join(), /700 entries are kept here, 300 are served: an older state/);
  assert.deepEqual(await contents(folder), before);
});

test("broken files are not kept, and are fetched again when they are mended", async () => {
  const folder = newFolder();
  const made = logOf(300);
  await made.publish();
  const site = await serve(siteFiles(made));
  assert.equal((await mirror(site.url, folder)).code, 0);
  grow(made, 900);
  await made.publish();
  const good = siteFiles(made);
  const before = await contents(folder);
  for (const path of ["log/tile/entries/001", "log/tile/0/002", "log/tile/1/000.p/3", "log/checkpoint"]) {
    const broken = Uint8Array.from(good.get(path)!);
    broken[40]! ^= 1;
    site.files = new Map([...good, [path, broken]]);
    const said = await mirror(site.url, folder);
    assert.equal(said.code, 1, path);
    assert.match(said.out, /^FAILED/m);
    assert.match(said.out, /Nothing of this was kept/);
    assert.doesNotMatch(said.out, /rewritten/);
    assert.deepEqual(await contents(folder), before, path);
  }
  site.files = good;
  assert.equal((await mirror(site.url, folder)).code, 0);
  assert.equal((await verify(folder)).code, 0);
});

test("a quorum that is missed is not taken; a page that lies is kept as it lies", async () => {
  const folder = newFolder();
  const made = logOf(30);
  await made.publish([log, witnesses[0]!]);
  const site = await serve(siteFiles(made));
  const quorum = witnesses.flatMap((witness) => ["--witness", formatVerifierKey(witness.key)]);
  const missed = await mirror(site.url, folder, ...quorum);
  assert.equal(missed.code, 1);
  assert.deepEqual(await contents(folder), new Map());
  made.letters[0]!.openings.pop();
  await made.publish();
  site.files = siteFiles(made);
  const said = await mirror(site.url, folder, ...quorum);
  assert.equal(said.code, 1);
  assert.match(failed(said).join(), /^FAILED {3}disclosure .*letter letter-0/);
  assert.match(said.out, /Kept in/);
  assert.deepEqual(failed(await verify(folder, ...quorum)), failed(said));
});

test("a file of the mirror that stayed behind the log is named", async () => {
  const folder = newFolder();
  const made = logOf(40);
  await made.publish();
  const site = await serve(siteFiles(made));
  assert.equal((await mirror(site.url, folder)).code, 0);
  const early = newFolder();
  await cp(folder, early, { recursive: true });
  made.letters[0]!.sign("Late");
  await made.publish();
  site.files = siteFiles(made);
  assert.equal((await mirror(site.url, folder)).code, 0);
  assert.equal((await verify(folder)).code, 0);
  const behind = (file: string, size = 40) =>
    `FAILED   disclosure   ${file}: this file stayed behind: it is of the log's first ${size} entries, and had to be of 41`;
  const restored = async (...paths: string[]) => {
    const copy = newFolder();
    await cp(folder, copy, { recursive: true });
    for (const path of paths) await cp(join(early, path), join(copy, path), { recursive: true });
    return verify(copy);
  };
  const names = "letters/letter-0/openings.json";
  const said = await restored(names);
  assert.equal(said.code, 1);
  assert.deepEqual(failed(said), [behind(names)]);
  // Nothing has come of the other letter since.
  assert.equal((await restored("letters/letter-1/openings.json")).code, 0);
  assert.ok(failed(await restored("letters.json", "letters")).includes(behind("letters.json")));
  assert.ok(failed(await restored("log/checkpoint")).includes(behind("log/checkpoint")));

  // What the site itself leaves behind is kept as it is, and goes on being named.
  made.letters[0]!.sign("Hidden");
  await made.publish();
  site.files = new Map([
    ...siteFiles(made),
    [names, site.files.get(names)!],
    ["letters.json", site.files.get("letters.json")!],
  ]);
  const told = await mirror(site.url, folder);
  assert.equal(told.code, 1);
  assert.match(
    failed(told).join("\n"),
    /letter-0: the page goes on showing a state \(41\) of before .* \(42 of the log\)/,
  );
  assert.deepEqual(failed(await verify(folder)), [behind(names, 41).replace(/41$/, "42")]);
});

test("a mirror whose own files were damaged says so, and can be mended", async () => {
  const folder = newFolder();
  const made = logOf(300);
  await made.publish();
  const old = siteFiles(made);
  grow(made, 600);
  await made.publish();
  const site = await serve(siteFiles(made));
  assert.equal((await mirror(site.url, folder)).code, 0);
  const path = join(folder, "log/tile/entries/000");
  const bytes = await readFile(path);
  bytes[500]! ^= 1;
  await writeFile(path, bytes);
  const said = await mirror(site.url, folder);
  assert.equal(said.code, 1);
  assert.match(said.out, /files kept in \S+ are damaged\. Nothing is said about the site/);
  assert.match(failed(said).join(), /^FAILED {3}root .*log\/tile\/entries\/000/);
  assert.doesNotMatch(said.out, /rewritten/);
  site.files = old;
  const smaller = await mirror(site.url, folder);
  site.files = siteFiles(made);
  assert.match(failed(smaller).join(), /600 entries are kept here, 300 are served: an older state/);
  assert.match(failed(await verify(folder)).join(), /log\/tile\/entries\/000/);
  await rm(join(folder, "log/tile"), { recursive: true });
  assert.equal((await mirror(site.url, folder)).code, 0);
  assert.equal((await verify(folder)).code, 0);
});

test("whatever part of what was verified is in its place, the folder verifies, and the next run ends the move", async () => {
  const [old, grown] = [newFolder(), newFolder()];
  const made = logOf(255);
  await made.publish();
  const site = await serve(siteFiles(made));
  await mirror(site.url, old);
  grow(made, 700);
  made.letter().publish("three");
  made.letters[2]!.sign("Ada");
  await made.publish();
  site.files = siteFiles(made);
  await mirror(site.url, grown);
  const paths = [...(await contents(grown)).keys()];
  await fc.assert(
    fc.asyncProperty(fc.subarray(paths), async (moved) => {
      const folder = newFolder();
      await cp(old, folder, { recursive: true });
      await cp(grown, join(folder, ".verified"), { recursive: true });
      for (const path of moved) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await rename(join(folder, ".verified", path), join(folder, path));
      }
      const said = await verify(folder);
      assert.equal(said.code, 0, said.out);
      assert.match(said.out, new RegExp(`^Size {2}${made.size}$`, "m"));
      assert.equal((await mirror(site.url, folder)).code, 0);
      const now = await contents(folder);
      assert.ok(
        paths.every((path) => now.has(path)) && ![...now.keys()].some((path) => path.startsWith(".")),
      );
    }),
    { numRuns: 15 },
  );
});

test("killed again and again, it verifies or resumes, and comes to its end", async () => {
  const folder = newFolder();
  const made = logOf(3_000);
  await made.publish();
  let killAfter = 0;
  let asked = 0;
  let reached = () => undefined as unknown;
  const site = await serve(siteFiles(made), () => {
    if (++asked === killAfter) reached();
    return false;
  });
  /** Starts the program and kills it after so many requests and milliseconds. @returns whether it had ended before */
  async function killed(requests: number, milliseconds: number): Promise<boolean> {
    const child = spawn(process.execPath, [program, "mirror", site.url, folder], { stdio: "ignore" });
    const ended = once(child, "exit");
    asked = 0;
    killAfter = requests;
    await Promise.race([
      ended,
      new Promise<unknown>((resolve) => (reached = () => resolve(undefined) as unknown)),
    ]);
    await sleep(milliseconds);
    child.kill("SIGKILL");
    const [code] = await ended;
    return code === 0;
  }
  for (const size of [3_000, 3_500]) {
    const first = size === 3_000;
    grow(made, size);
    await made.publish();
    site.files = siteFiles(made);
    const seen = new Set<string>();
    for (let round = 1, done = false; !done; round++) {
      assert.ok(round < 60);
      // Later and later: at last beyond the last request, where the files are moved to their places.
      done = await killed(first ? round * 4 : 5 + round, round % 5 === 0 ? 30 : round % 3);
      const said = await verify(folder);
      const isFresh = first && said.code === 3 && /has no log\/(?:key|checkpoint)/.test(said.err);
      assert.ok(said.code === 0 || isFresh, said.out + said.err);
      seen.add(/^Size {2}(\d+)$/m.exec(said.out)?.[1] ?? "none");
    }
    assert.ok(seen.has(String(size)) && seen.size > 1, [...seen].join());
    assert.equal((await mirror(site.url, folder)).code, 0);
    assert.match((await verify(folder)).out, new RegExp(`^Size {2}${size}$`, "m"));
  }
});
