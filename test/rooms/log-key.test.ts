/** The log's key: made at the first start, given by environment or file, shown and changed by `undersigned log key`. */
import assert from "node:assert/strict";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { run } from "../../src/ops/commands/log.ts";
import { readCheckpoint } from "../../src/transparency/checkpoint.ts";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import { openHighWater } from "../../src/transparency/high-water.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { parseVerifierKey } from "../../src/transparency/verifier-key.ts";
import { sayIn } from "../support/command.ts";
import { endServers, startServer, tryServer } from "../support/server.ts";
import { until } from "../support/until.ts";

let folder: string;
let folders = 0;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-log-key-"));
});
after(async () => {
  await endServers();
  await rm(folder, { recursive: true, force: true });
});
const newDataDir = () => join(folder, `data-${folders++}`);

/** Calls the command. */
const logKey = (words: string[], env: Record<string, string>) => sayIn(env, run, ...words);

/** Whether the log at an address is signed by a key, and how large it is. */
async function signedSize(url: string, key: string): Promise<number> {
  const log = parseVerifierKey(nodeSha256, key.trim());
  assert.ok(!("problem" in log));
  const note = await (await fetch(`${url}/log/checkpoint`)).text();
  const read = await readCheckpoint(note, { log, witnesses: [] }, verifyEd25519);
  assert.ok(!("problem" in read) && read.log?.valid, note);
  return read.checkpoint.size;
}

test("is made at the first start, kept for its owner alone, and shown", async () => {
  const DATA_DIR = newDataDir();
  const server = await startServer({ DATA_DIR, SITE_URL: "https://letters.example.org" });
  const { code, out } = await logKey(["key"], { DATA_DIR, SITE_URL: "https://letters.example.org" });
  assert.equal(code, 0);
  assert.match(out, /^letters\.example\.org\/log\+[0-9a-f]{8}\+[\w+/=]+\n$/);
  assert.equal((await stat(join(DATA_DIR, "log-key"))).mode & 0o777, 0o600);
  assert.equal(await server.end("SIGTERM"), 0);
});

test("is taken from the environment or from a file that it names; anything else is refused in one line", async () => {
  const made = await logKey(["key", "--new", "letters.example.org/log"], {});
  const file = join(folder, "given-key");
  await writeFile(file, made.out);
  const shown = await Promise.all(
    [made.out.trim(), file].map((LOG_KEY) => logKey(["key"], { LOG_KEY, DATA_DIR: newDataDir() })),
  );
  assert.equal(shown[0]!.out, shown[1]!.out);
  assert.match(shown[0]!.out, /^letters\.example\.org\/log\+/);

  for (const LOG_KEY of ["PRIVATE+KEY+x", join(folder, "no-such-file"), folder]) {
    const refused = await tryServer({ DATA_DIR: newDataDir(), LOG_KEY });
    assert.ok("code" in refused);
    assert.equal(refused.code, 1);
    assert.match(refused.output, /^LOG_KEY takes the log’s signing key[^\n]*\n$/m);
  }
});

test("another key is refused at the start, and adopted only when no server is at work", async () => {
  const DATA_DIR = newDataDir();
  const first = await startServer({ DATA_DIR });
  const { out: old } = await logKey(["key"], { DATA_DIR });
  const { out: made } = await logKey(["key", "--new", "letters.example.org/log2"], {});
  const env = { DATA_DIR, LOG_KEY: made.trim() };
  const early = await logKey(["key", "--adopt"], env);
  assert.equal(early.code, 1);
  assert.match(early.err, /Stop all servers/);
  await first.end("SIGTERM");

  const refused = await tryServer(env);
  assert.ok("code" in refused);
  assert.equal(refused.code, 1);
  assert.ok(refused.output.includes(old.trim()), refused.output);

  const adopted = await logKey(["key", "--adopt"], env);
  assert.equal(adopted.code, 0, adopted.err);
  const key = adopted.out.trim().split("\n").at(-1)!;
  assert.match(key, /^letters\.example\.org\/log2\+/);
  const second = await startServer(env);
  // The first may have been stopped before it had numbered every letter; then the second goes on with that.
  await until("what is given out, and no more, is noted", async () => {
    const size = await signedSize(second.url, key);
    return (
      size ===
      (await openHighWater(join(DATA_DIR, "log-high-water"), "letters.example.org/log2")).highest?.size
    );
  });
  await second.end("SIGTERM");
});

test("called wrongly, the command says how it is used", async () => {
  for (const words of [[], ["tile"], ["key", "--new"], ["key", "--new", "x", "--adopt"], ["key", "--huh"]])
    assert.equal((await logKey(words, {})).code, 2, words.join(" "));
  assert.equal((await logKey(["key", "--new", "a name"], {})).code, 1);
  assert.match((await logKey(["--help"], {})).out, /^Usage/);
});
