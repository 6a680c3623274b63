/** How the log asks its witnesses: what it believes of their answers, and how little a bad one can do. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ConfigError, readConfig } from "../../src/config.ts";
import { createLogger } from "../../src/foundation/logger.ts";
import { findWitnesses } from "../../src/ops/witnesses.ts";
import type { Witness } from "../../src/transparency/ask-witness.ts";
import { countWitnesses, readCheckpoint } from "../../src/transparency/checkpoint.ts";
import { cosign } from "../../src/transparency/cosignature.ts";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import { formatSignatureLine, type NoteSignature, parseNote } from "../../src/transparency/note.ts";
import { formatVerifierKey } from "../../src/transparency/verifier-key.ts";
import { askWitnesses, type GatherOptions, type WitnessMemory } from "../../src/transparency/witnesses.ts";
import { type FalseWitness, startFalseWitness } from "../support/false-witness.ts";
import { log, witnesses as signers } from "../support/transparency-log.ts";
import { endWitnesses, SignedHistory, startWitness } from "../support/witness.ts";

const folder = await mkdtemp(join(tmpdir(), "undersigned-witnesses-"));
const stops: (() => Promise<void>)[] = [];
after(async () => {
  await endWitnesses();
  for (const stop of stops) await stop();
  await rm(folder, { recursive: true });
});

const vkey = formatVerifierKey(log.key);
const shared = Array.from({ length: 8 }, (_, at) => `shared ${at}`);
const [history, other] = await Promise.all(
  ["one", "other"].map((name) =>
    SignedHistory.of([...shared, ...Array.from({ length: 292 }, (_, at) => `${name} ${at}`)]),
  ),
);
let folders = 0;

async function realWitness(): Promise<Witness & { end(): Promise<unknown> }> {
  const state = join(folder, String(folders++));
  const process = await startWitness(state, [vkey], ["--name", `witness.example.org/w${folders}`]);
  return { key: process.key, url: new URL(process.url), end: () => process.end("SIGKILL") };
}

async function falseWitness(
  answer: (response: ServerResponse, body: string) => unknown,
): Promise<FalseWitness & Witness> {
  const made = await startFalseWitness(answer);
  stops.push(made.stop);
  return { ...made, key: signers[0]!.key };
}

/** What is remembered, and what was logged. */
function surroundings() {
  const sizes = new Map<string, number>();
  const lines: string[] = [];
  const memory: WitnessMemory = {
    read: async (name) => sizes.get(name),
    write: async (name, size) => void sizes.set(name, size),
  };
  return { sizes, lines, memory, log: createLogger("debug", { write: (line) => void lines.push(line) }) };
}

/** For those who all answer, however slow the machine is. */
const patient: GatherOptions = { patience: 300_000 };

async function gather(
  size: number,
  witnesses: readonly Witness[],
  { memory, log: logger } = surroundings(),
  of = history!,
  options = patient,
): Promise<readonly NoteSignature[]> {
  const asked = await askWitnesses(of.notes[size]!, witnesses, memory, of.readTile, logger, options);
  return asked.cosigned.map(({ cosignature }) => cosignature);
}

/** How many of the witnesses the verifier counts under a note with these signatures. */
async function counted(note: string, cosignatures: readonly NoteSignature[], witnesses: readonly Witness[]) {
  const trust = { log: log.key, witnesses: witnesses.map(({ key }) => key) };
  const read = await readCheckpoint(
    note + cosignatures.map(formatSignatureLine).join(""),
    trust,
    verifyEd25519,
  );
  assert.ok(!("problem" in read));
  return countWitnesses(read, trust);
}

test("gathers from all, remembers what each has seen, and finds its way when the memory is wrong", async () => {
  const own = surroundings();
  const both = [await realWitness(), await realWitness()];
  for (const size of [0, 1, 5, 5, 255, 256, 300]) {
    const cosignatures = await gather(size, both, own);
    assert.equal(await counted(history!.notes[size]!, cosignatures, both), 2, `at ${size}`);
    for (const { key } of both) assert.equal(own.sizes.get(key.name), size);
  }
  assert.deepEqual(own.lines, []);
  const fresh = await realWitness();
  await gather(7, [fresh]);
  for (const wrong of [0, 3, 9, 280, 1000]) {
    own.sizes.set(fresh.key.name, wrong);
    assert.equal((await gather(280, [fresh], own)).length, 1, `remembered ${wrong}`);
    assert.equal(own.sizes.get(fresh.key.name), 280);
  }
  // An older checkpoint is not cosigned again.
  assert.deepEqual(await gather(200, [fresh], own), []);
});

test("one that is down or out of its mind costs its own cosignature and no other", async () => {
  const real = await realWitness();
  const gone = await realWitness();
  await gone.end();
  const answers: Record<string, (response: ServerResponse) => unknown> = {
    "an error": (response) => response.writeHead(500).end("broken\n"),
    "another page": (response) => response.end("<html>hello</html>"),
    nothing: (response) => response.end(),
    "a redirect": (response) => response.writeHead(307, { Location: `${real.url}add-checkpoint` }).end(),
    "a 409 without a size": (response) => response.writeHead(409).end("no\n"),
    "sizes without end": (response) => response.writeHead(409).end(`${Math.floor(Math.random() * 20)}\n`),
    "a flood": (response) => response.end("x".repeat(1_000_000)),
    "a broken connection": (response) => response.destroy(),
  };
  const mad = await Promise.all(Object.values(answers).map(falseWitness));
  const own = surroundings();
  const cosignatures = await gather(30, [gone, ...mad, real], own);
  assert.deepEqual(
    cosignatures.map(({ name }) => name),
    [real.key.name],
  );
  assert.equal(own.lines.length, 1 + mad.length);
  for (const line of own.lines) assert.match(line, /"level":"warn".*a witness did not cosign/);
  assert.deepEqual([...own.sizes.keys()], [real.key.name]);
});

test("one that never comes to an end is waited for as long as was said, and costs no other", async () => {
  const real = await realWitness();
  const mute = await falseWitness(() => undefined);
  const halfWay = await falseWitness((response) => {
    response.writeHead(200, { "Content-Length": "1000" });
    response.write("\u2014 ");
  });
  const late = surroundings();
  assert.deepEqual(await gather(30, [mute, halfWay], late, history!, { patience: 500 }), []);
  assert.equal(late.lines.length, 2);
  for (const line of late.lines) assert.match(line, /"level":"warn".*in time/);

  // The time is over once the honest one has answered, however slow the machine is.
  const own = surroundings();
  const over = new AbortController();
  const memory: WitnessMemory = {
    ...own.memory,
    async write(name, size) {
      await own.memory.write(name, size);
      over.abort();
    },
  };
  const options = { ...patient, signal: over.signal };
  const cosignatures = await gather(30, [mute, halfWay, real], { ...own, memory }, history!, options);
  assert.deepEqual(
    cosignatures.map(({ name }) => name),
    [real.key.name],
  );
  assert.equal(own.lines.length, 2);
  assert.deepEqual([...own.sizes.keys()], [real.key.name]);
});

test("the waiting can be ended from outside", async () => {
  const mute = await falseWitness(() => undefined);
  const stopping = new AbortController();
  const gathered = gather(30, [mute], surroundings(), history!, {
    patience: 600_000,
    signal: stopping.signal,
  });
  while (mute.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  stopping.abort();
  assert.deepEqual(await gathered, []);
});

test("believes no signature but the right key's under the right text", async () => {
  const [honest, stranger] = signers as [(typeof signers)[0], (typeof signers)[0]];
  const parsed = parseNote(history!.notes[30]!);
  const elsewhere = parseNote(other!.notes[30]!);
  assert.ok(!("problem" in parsed) && !("problem" in elsewhere));
  const good = await cosign(parsed.text, honest, 1_700_000_000);
  const flipped = { ...good, signature: good.signature.with(20, good.signature[20]! ^ 1) };
  const later = { ...good, signature: good.signature.with(7, good.signature[7]! ^ 1) };
  const foreign = await cosign(parsed.text, stranger, 1_700_000_000);
  const answering = (signatures: readonly NoteSignature[]) =>
    falseWitness((response) => response.end(signatures.map(formatSignatureLine).join("")));
  const lies: Record<string, readonly NoteSignature[]> = {
    "another key": [foreign],
    "another key under this one's name and id": [{ ...foreign, name: good.name, id: good.id }],
    "a broken signature": [flipped],
    "another time than was signed": [later],
    "another text": [await cosign(elsewhere.text, honest, 1_700_000_000)],
    "a good one and a broken one": [good, flipped],
    "a log's kind of signature": [{ ...good, signature: good.signature.subarray(8) }],
  };
  for (const [what, signatures] of Object.entries(lies)) {
    const own = surroundings();
    assert.deepEqual(await gather(30, [await answering(signatures)], own), [], what);
    assert.match(own.lines[0]!, /its cosignature is not valid/);
    assert.equal(own.sizes.size, 0);
  }
  // Others' signatures beside the right one are left where they are.
  assert.deepEqual(await gather(30, [await answering([foreign, good])]), [good]);
});

test("one that has seen more, or something else, is told from one that fails", async () => {
  const witness = await realWitness();
  const ask = async (size: number, of = history!, known?: number) => {
    const { memory, sizes, log: logger } = surroundings();
    if (known !== undefined) sizes.set(witness.key.name, known);
    const asked = await askWitnesses(of.notes[size]!, [witness], memory, of.readTile, logger, patient);
    return asked.contradicting;
  };
  for (const [size, known] of [[0], [40], [40], [60, 40]] as const)
    assert.deepEqual(await ask(size, history!, known), []);
  const says = (found: string, stored: number) => [{ witness: witness.key, found, size: 60, stored }];
  for (const known of [undefined, 0, 30, 60])
    assert.deepEqual(await ask(30, history!, known), says("witness-ahead", 30));
  assert.deepEqual(await ask(0), says("witness-ahead", 0));
  assert.deepEqual(await ask(60, other), says("witness-differs", 60));
  assert.deepEqual(await ask(90, other), says("witness-differs", 90));
  assert.deepEqual(await ask(90), []);
  // One that does not answer says nothing.
  await witness.end();
  assert.deepEqual(await ask(30), []);
});

test("WITNESSES with a mistyped key or a name twice is refused in one line", () => {
  const [first, second] = signers.map(({ key }) => formatVerifierKey(key)) as [string, string];
  const find = (text: string) => () => findWitnesses(readConfig({ WITNESSES: text }));
  assert.deepEqual(
    find(`${first} https://a.example, ${second} https://b.example/w`)().map(({ key, url }) => [
      key.name,
      url.href,
    ]),
    [
      [signers[0]!.key.name, "https://a.example/"],
      [signers[1]!.key.name, "https://b.example/w"],
    ],
  );
  assert.deepEqual(findWitnesses(readConfig({})), []);
  const refused = (says: RegExp) => (error: Error) =>
    error instanceof ConfigError && says.test(error.message) && !error.message.includes("\n");
  assert.throws(
    find(`${first.replace("witness", "vitness")} https://a.example`),
    refused(/^WITNESSES takes .* is mistyped\.$/),
  );
  assert.throws(
    find(`${first} https://a.example, ${first} https://b.example`),
    refused(/^WITNESSES takes each witness once/),
  );
});
