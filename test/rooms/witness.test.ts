/** `undersigned witness` as a log meets it: what it answers, and that it never cosigns two histories. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { formatAddCheckpoint } from "../../src/transparency/add-checkpoint.ts";
import { encodeUtf8 } from "../../src/transparency/bytes.ts";
import { formatCheckpoint } from "../../src/transparency/checkpoint.ts";
import { cosign } from "../../src/transparency/cosignature.ts";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import {
  checkSignatures,
  formatNote,
  parseNote,
  parseSignatureLine,
  signNote,
} from "../../src/transparency/note.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { signerOfSeed } from "../../src/transparency/signing-key.ts";
import {
  cosignatureType,
  formatVerifierKey,
  noteSignatureType,
} from "../../src/transparency/verifier-key.ts";
import { log, witnesses } from "../support/transparency-log.ts";
import {
  endWitnesses,
  SignedHistory,
  startWitness,
  submit,
  tryWitness,
  type WitnessProcess,
} from "../support/witness.ts";

const folder = await mkdtemp(join(tmpdir(), "undersigned-witness-"));
after(async () => {
  await endWitnesses();
  await rm(folder, { recursive: true });
});

const vkey = formatVerifierKey(log.key);
const shared = Array.from({ length: 20 }, (_, at) => `shared ${at}`);
/** Two histories with the same beginning, signed by the same key: what a witness is there to catch. */
const [left, right] = await Promise.all(
  ["left", "right"].map((side) =>
    SignedHistory.of([...shared, ...Array.from({ length: 280 }, (_, at) => `${side} ${at}`)]),
  ),
);
let folders = 0;
const freshState = () => join(folder, `state-${folders++}`);

/** The status, and what a 409 says of the size. */
async function ask(url: string, body: string | Uint8Array): Promise<[number, string?]> {
  const answer = await submit(url, body);
  const text = await answer.text();
  if (answer.status !== 409) return [answer.status];
  assert.equal(answer.headers.get("content-type"), "text/x.tlog.size");
  assert.match(text, /^\d+\n$/);
  return [409, text.trim()];
}

/** Whether an answer's text is one valid cosignature of a checkpoint by this witness. */
async function isCosigned(witness: WitnessProcess, note: string, text: string): Promise<boolean> {
  const parsed = parseNote(note + text);
  if ("problem" in parsed) return false;
  const [checked] = await checkSignatures(parsed, [witness.key], verifyEd25519);
  return checked?.valid === true && Math.abs(checked.time! - Date.now() / 1000) < 3600;
}

test("cosigns a log that grows, from nothing on, and again at the same size", async () => {
  const witness = await startWitness(freshState(), [vkey], ["--name", "witness.example.org"]);
  assert.equal(witness.key.name, "witness.example.org");
  assert.equal(witness.key.type, cosignatureType);
  let old = 0;
  for (const size of [0, 1, 2, 3, 7, 8, 8, 20, 255, 256, 257, 300]) {
    const answer = await submit(witness.url, await left!.request(old, size));
    assert.equal(answer.status, 200, `from ${old} to ${size}`);
    const text = await answer.text();
    assert.match(text, /^— \S+ \S+\n$/);
    assert.ok(await isCosigned(witness, left!.notes[size]!, text));
    old = size;
  }
  assert.equal(await witness.end("SIGTERM"), 0);
});

test("answers what the specification says, and remembers nothing that it refused", async () => {
  const witness = await startWitness(freshState(), [vkey]);
  const good = await left!.request(0, 10);
  const [old, , ...note] = good.split("\n");
  const stranger = await signerOfSeed(
    nodeSha256,
    "stranger.example",
    noteSignatureType,
    nodeSha256(encodeUtf8("1")),
  );
  const impostor = await signerOfSeed(
    nodeSha256,
    log.key.name,
    noteSignatureType,
    nodeSha256(encodeUtf8("2")),
  );
  const parsed = parseNote(left!.notes[10]!);
  assert.ok(!("problem" in parsed));
  const { text, signatures } = parsed;
  const from = (signature: typeof signatures, of = text, oldSize = 0) =>
    formatAddCheckpoint({ oldSize, hashes: [], checkpoint: formatNote({ text: of, signatures: signature }) });
  const elsewhere = text.replace(log.key.name, "other.example/log");
  const bad = signatures.map((one) => ({ ...one, signature: one.signature.with(0, one.signature[0]! ^ 1) }));

  const invalid: Record<string, string | Uint8Array> = {
    "no body": "",
    "no old size": note.join("\n"),
    "an old size with a zero before it": good.replace("old 0", "old 00"),
    "a negative old size": good.replace("old 0", "old -1"),
    "two blanks": good.replace("old 0", "old  0"),
    "no empty line": [old, ...note].join("\n"),
    "line ends of another kind": good.replaceAll("\n", "\r\n"),
    "a hash that is none": good.replace("old 0\n", "old 0\nAAAA\n"),
    "64 hashes": good.replace("old 0\n", `old 0\n${`${text.split("\n")[2]}\n`.repeat(64)}`),
    "no signature": formatAddCheckpoint({ oldSize: 0, hashes: [], checkpoint: `${text}\n` }),
    "a note that is no checkpoint": from([await signNote("hello\n", log)], "hello\n"),
    "bytes that are no UTF-8": Uint8Array.of(...encodeUtf8(good), 0xff),
    "an old size beyond the checkpoint": from(signatures, text, 11),
  };
  for (const [what, body] of Object.entries(invalid))
    assert.deepEqual(await ask(witness.url, body), [400], what);

  assert.deepEqual(await ask(witness.url, from([await signNote(elsewhere, log)], elsewhere)), [404]);
  const forged: Record<string, string> = {
    "a bad signature": from(bad),
    "a bad one beside a good one": from([...signatures, ...bad]),
    "a stranger's": from([await signNote(text, stranger)]),
    "an impostor's": from([await signNote(text, impostor)]),
    "a witness's": from([await cosign(text, witnesses[0]!, 1)]),
  };
  for (const [what, body] of Object.entries(forged))
    assert.deepEqual(await ask(witness.url, body), [403], what);

  assert.deepEqual(await ask(witness.url, await left!.request(5, 10)), [409, "0"]);
  assert.deepEqual(await ask(witness.url, good.replace("old 0\n", `old 0\n${text.split("\n")[2]}\n`)), [422]);
  // Among strangers' signatures, in the right way, at last.
  assert.deepEqual(await ask(witness.url, from([await signNote(text, stranger), ...signatures])), [200]);

  assert.deepEqual(await ask(witness.url, good), [409, "10"]);
  assert.deepEqual(await ask(witness.url, await left!.request(9, 30)), [409, "10"]);
  assert.deepEqual(await ask(witness.url, await left!.request(9, 9)), [409, "10"]);
  // Where the histories still agree, either is good; after that, one.
  assert.deepEqual(await ask(witness.url, await right!.request(10, 40)), [200]);
  assert.deepEqual(await ask(witness.url, await left!.request(40, 40)), [409, "40"]);
  assert.deepEqual(await ask(witness.url, await left!.request(40, 50)), [422]);
  assert.match(witness.output(), /not cosigned, consistency-invalid/);
  const wrong = formatAddCheckpoint({
    oldSize: 40,
    hashes: (await right!.proof(40, 50)).slice(1),
    checkpoint: right!.notes[50]!,
  });
  assert.deepEqual(await ask(witness.url, wrong), [422]);
  assert.deepEqual(await ask(witness.url, await right!.request(40, 50)), [200]);
  await witness.end("SIGTERM");
});

test("an empty tree has one root", async () => {
  const witness = await startWitness(freshState(), [vkey]);
  const text = formatCheckpoint({
    origin: log.key.name,
    size: 0,
    root: nodeSha256(encodeUtf8("x")),
    extensions: [],
  });
  const checkpoint = formatNote({ text, signatures: [await signNote(text, log)] });
  assert.deepEqual(await ask(witness.url, formatAddCheckpoint({ oldSize: 0, hashes: [], checkpoint })), [
    409,
    "0",
  ]);
  await witness.end("SIGTERM");
});

test("a log may have several keys, and a witness several logs", async () => {
  const next = await signerOfSeed(
    nodeSha256,
    log.key.name,
    noteSignatureType,
    nodeSha256(encodeUtf8("next")),
  );
  const other = await signerOfSeed(
    nodeSha256,
    "other.example/log",
    noteSignatureType,
    nodeSha256(encodeUtf8("o")),
  );
  const keys = [vkey, formatVerifierKey(next.key), formatVerifierKey(other.key)];
  const witness = await startWitness(freshState(), keys);
  assert.deepEqual(await ask(witness.url, await left!.request(0, 5)), [200]);
  const parsed = parseNote(left!.notes[9]!);
  assert.ok(!("problem" in parsed));
  const { text } = parsed;
  const checkpoint = formatNote({ text, signatures: [await signNote(text, next)] });
  assert.deepEqual(
    await ask(witness.url, formatAddCheckpoint({ oldSize: 5, hashes: await left!.proof(5, 9), checkpoint })),
    [200],
  );
  const elsewhere = left!.notes[3]!.split("\n\n")[0]!.replace(log.key.name, other.key.name);
  const own = formatNote({ text: `${elsewhere}\n`, signatures: [await signNote(`${elsewhere}\n`, other)] });
  assert.deepEqual(
    await ask(witness.url, formatAddCheckpoint({ oldSize: 0, hashes: [], checkpoint: own })),
    [200],
  );
  await witness.end("SIGTERM");
});

/** What of a history was cosigned: the side is told only where the sides differ. */
interface Cosigned {
  readonly side: "left" | "right";
  readonly size: number;
}

/** Holds all cosigned checkpoints to be of one history. */
function assertOneHistory(cosigned: readonly Cosigned[]): void {
  const sides = new Set(cosigned.filter(({ size }) => size > shared.length).map(({ side }) => side));
  assert.ok(sides.size <= 1, `both histories were cosigned: ${JSON.stringify(cosigned)}`);
}

/** Sends a side at a size, as a log does that believes the witness to be at `old`; asks again when told otherwise. */
async function push(
  url: string,
  side: "left" | "right",
  old: number,
  size: number,
): Promise<Cosigned | undefined> {
  const history = side === "left" ? left! : right!;
  let from = Math.min(old, size);
  for (let attempt = 0; attempt < 3; attempt++) {
    const answer = await submit(url, await history.request(from, size)).catch(() => undefined);
    const text = await answer?.text().catch(() => undefined);
    if (answer?.status === 200 && text !== undefined) {
      assert.ok(parseSignatureLine(text.trim()));
      return { side, size };
    }
    if (answer?.status !== 409 || text === undefined || Number(text) > size) return undefined;
    from = Number(text);
  }
  return undefined;
}

const pushes = fc.array(
  fc.record({
    side: fc.constantFrom("left" as const, "right" as const),
    old: fc.constantFrom(0, 5, 20, 21, 30, 100),
    size: fc.oneof(fc.nat(40), fc.nat(300)),
  }),
  { minLength: 2, maxLength: 16 },
);

test("sent both histories at once, by many, it cosigns one; so do two processes over one folder", async () => {
  await fc.assert(
    fc.asyncProperty(pushes, async (all) => {
      const state = freshState();
      const pair = await Promise.all([startWitness(state, [vkey]), startWitness(state, [vkey])]);
      const made = await Promise.all(
        all.map(({ side, old, size }, at) => push(pair[at % 2]!.url, side, old, size)),
      );
      const cosigned = made.filter((one) => one !== undefined);
      assert.ok(cosigned.length > 0);
      assertOneHistory(cosigned);
      assert.equal(pair[0].vkey, pair[1].vkey);
      await Promise.all(pair.map((one) => one.end("SIGTERM")));
    }),
    { numRuns: 8 },
  );
});

test("killed at any moment, it never goes back and never cosigns two histories", async () => {
  const state = freshState();
  const cosigned: Cosigned[] = [];
  let witness = await startWitness(state, [vkey]);
  const { vkey: own } = witness;
  let reached = 0;
  let kills = 0;
  while (kills < 12) {
    let alive = true;
    const { url } = witness;
    const senders = (["left", "right"] as const).map(async (side) => {
      for (let size = reached; alive; size = Math.min(size + 1, 300)) {
        const made = await push(url, side, size - 1 < 0 ? 0 : size - 1, size);
        if (made) cosigned.push(made);
      }
    });
    // Ends it in the midst of what it does, at a point that differs each time.
    const before = cosigned.length;
    while (cosigned.length < before + 3 + (kills % 4))
      await new Promise((resolve) => setTimeout(resolve, kills % 5));
    assert.equal(await witness.end("SIGKILL"), "SIGKILL");
    alive = false;
    await Promise.all(senders);
    kills++;
    witness = await startWitness(state, [vkey]);
    assert.equal(witness.vkey, own);
    assertOneHistory(cosigned);
    const highest = Math.max(...cosigned.map(({ size }) => size));
    const answer = await submit(witness.url, await left!.request(0, 0));
    const seen = Number(await answer.text());
    assert.equal(answer.status, 409);
    assert.ok(seen >= highest, `it has seen ${seen}, and had cosigned ${highest}`);
    // Both sides go on from where it stands.
    reached = Math.min(seen, 280);
  }
  await witness.end("SIGTERM");
  const [kept] = (await readdir(state)).filter((name) => name.startsWith("log-"));
  assert.ok((await readdir(join(state, kept!))).length <= 2 + kills, "old files are removed");
});

test("keeps its key for its owner alone, and goes on only with key and record as they were", async () => {
  const state = freshState();
  const first = await startWitness(state, [vkey]);
  assert.equal((await stat(join(state, "key"))).mode & 0o777, 0o600);
  assert.deepEqual(await ask(first.url, await left!.request(0, 30)), [200]);
  await first.end("SIGTERM");

  const args = (more: readonly string[] = []) => [
    "--listen",
    "127.0.0.1:0",
    "--state",
    state,
    "--log",
    vkey,
    ...more,
  ];
  const elsewhere = await tryWitness(args(["--key", join(state, "nowhere")]));
  assert.ok("code" in elsewhere);
  assert.equal(elsewhere.code, 1);
  assert.match(elsewhere.output, /^undersigned witness: there is no key in .*nowhere/);

  const [own] = (await readdir(state)).filter((name) => name.startsWith("log-"));
  await writeFile(join(state, own!, "000000000001"), "damaged\n");
  const damaged = await tryWitness(args());
  assert.ok("code" in damaged);
  assert.match(damaged.output, /^undersigned witness: .*000000000001 does not hold the checkpoint/);
  await writeFile(join(state, "key"), "damaged\n");
  const keyless = await tryWitness(args());
  assert.ok("code" in keyless);
  assert.match(keyless.output, /holds no key of a witness/);
});

test("says how it is used when it is called wrongly", async () => {
  const state = ["--state", freshState()];
  const wrong: Record<string, readonly string[]> = {
    "--state": ["--log", vkey],
    "--log is needed": state,
    "--log takes": [...state, "--log", "x"],
    "not of a log": [...state, "--log", formatVerifierKey(witnesses[0]!.key)],
    "--listen takes": [...state, "--log", vkey, "--listen", "8080"],
    "--nonsense": [...state, "--nonsense"],
  };
  for (const [says, args] of Object.entries(wrong)) {
    const refused = await tryWitness(args);
    assert.ok("code" in refused);
    assert.equal(refused.code, 2, says);
    assert.ok(refused.output.includes(says), refused.output);
    assert.match(refused.output, /--help shows how it is used/);
  }
  const help = await tryWitness(["--help"]);
  assert.ok("code" in help);
  assert.equal(help.code, 0);
  assert.match(help.output, /^Usage: undersigned witness/);
});

test("says in words what it is, and takes no more than it needs", async () => {
  const witness = await startWitness(freshState(), [vkey]);
  await ask(witness.url, await left!.request(0, 12));
  const page = await fetch(witness.url);
  assert.equal(page.headers.get("content-type"), "text/plain; charset=utf-8");
  const text = await page.text();
  assert.match(text, /^This is a witness\./);
  assert.ok(text.includes(witness.vkey));
  assert.ok(text.includes(`${log.key.name}: 12 entries`));
  const french = await fetch(witness.url, { headers: { "Accept-Language": "fr" } });
  assert.equal(french.headers.get("content-language"), "fr");
  assert.match(await french.text(), /^Ceci est un témoin/);

  const status = async (path: string, init?: RequestInit) => (await fetch(witness.url + path, init)).status;
  assert.equal(await status("/other"), 404);
  assert.equal(await status("/add-checkpoint"), 405);
  assert.equal(await status("/", { method: "POST" }), 405);
  assert.equal(await status("/add-checkpoint", { method: "POST", body: "x".repeat(200_000) }), 413);
  const parts = new ReadableStream({
    start(controller) {
      for (let part = 0; part < 200; part++) controller.enqueue(encodeUtf8("x".repeat(1000)));
      controller.close();
    },
  });
  assert.equal(
    await status("/add-checkpoint", { method: "POST", body: parts, duplex: "half" } as RequestInit),
    413,
  );

  // Whoever begins a request and does not go on is cut off; meanwhile others are served.
  const { hostname, port } = new URL(witness.url);
  const lazy = connect(Number(port), hostname);
  lazy.write("POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nold 0");
  lazy.resume();
  assert.deepEqual(await ask(witness.url, await left!.request(12, 13)), [200]);
  await once(lazy, "close");
  await witness.end("SIGTERM");
});
