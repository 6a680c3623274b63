/** Signed notes and all that is made of them: keys, checkpoints, cosignatures, proofs, requests to a witness. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { formatAddCheckpoint, parseAddCheckpoint } from "../../src/transparency/add-checkpoint.ts";
import { decodeBase64, encodeBase64, encodeHex, encodeUtf8 } from "../../src/transparency/bytes.ts";
import {
  countWitnesses,
  formatCheckpoint,
  logProblem,
  parseCheckpoint,
  readCheckpoint,
  type Trust,
} from "../../src/transparency/checkpoint.ts";
import { cosign, cosignedMessage } from "../../src/transparency/cosignature.ts";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import {
  checkSignatures,
  formatNote,
  formatSignatureLine,
  type Note,
  parseNote,
  parseSignatureLine,
  signNote,
} from "../../src/transparency/note.ts";
import { formatProof, parseProof } from "../../src/transparency/proof.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { formatSigningKey, parseSigningKey, signerOfSeed } from "../../src/transparency/signing-key.ts";
import {
  cosignatureType,
  formatVerifierKey,
  noteSignatureType,
  parseVerifierKey,
  type VerifierKey,
} from "../../src/transparency/verifier-key.ts";

const { signed_note: vector } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../vectors/merkle.json"), "utf8"),
) as { signed_note: { vkey: string; text: string; signature_base64: string } };

const seed = (byte: number) => new Uint8Array(32).fill(byte);
const log = await signerOfSeed(nodeSha256, "letters.example.org/log", noteSignatureType, seed(1));
const witness = await signerOfSeed(nodeSha256, "witness.example.org/w1", cosignatureType, seed(2));
const second = await signerOfSeed(nodeSha256, "witness.example.net/w2", cosignatureType, seed(3));
const root = nodeSha256(new Uint8Array(0));
const text = formatCheckpoint({ origin: log.key.name, size: 12, root, extensions: [] });

function parsed(note: string): Note {
  const read = parseNote(note);
  assert.ok(!("problem" in read));
  return read;
}

function key(vkey: string): VerifierKey {
  const read = parseVerifierKey(nodeSha256, vkey);
  assert.ok(!("problem" in read));
  return read;
}

test("merkle.json: the signed note verifies, and with one character changed it does not", async () => {
  const note = `${vector.text}\n\u2014 example.com/foo ${vector.signature_base64}\n`;
  const own = key(vector.vkey);
  assert.equal(formatVerifierKey(own), vector.vkey);
  assert.deepEqual(await checkSignatures(parsed(note), [own], verifyEd25519), [{ key: own, valid: true }]);
  assert.equal(formatNote(parsed(note)), note);
  for (const changed of [note.replace("example message", "example massage"), `x${note}`]) {
    const [checked] = await checkSignatures(parsed(changed), [own], verifyEd25519);
    assert.equal(checked?.valid, false);
  }
});

test("tlog-cosignature's example has the shape that is read here", () => {
  const line =
    "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==";
  const signature = parseSignatureLine(line);
  assert.equal(signature?.id, "8d66cf3f");
  assert.equal(encodeHex(signature!.signature.subarray(0, 8)), "00000000641850cb");
  assert.equal(formatSignatureLine(signature!), `${line}\n`);
  assert.equal(
    Buffer.from(cosignedMessage("example.com/behind-the-sofa\n20852163\nCsUY=\n", 1679315147)).toString(),
    "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUY=\n",
  );
});

test("verifier keys come back as they were; a mistyped one is refused", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."abc.é/-_"), minLength: 1, maxLength: 20 }),
      fc.constantFrom(noteSignatureType, cosignatureType),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      (name, type, publicKey) => {
        const made = `${name}+00000000+${encodeBase64(Uint8Array.of(type, ...publicKey))}`;
        const id = encodeHex(
          nodeSha256(Buffer.from([...encodeUtf8(`${name}\n`), type, ...publicKey])).subarray(0, 4),
        );
        const right = made.replace("+00000000+", `+${id}+`);
        const read = key(right);
        assert.deepEqual([read.name, read.id, read.type], [name, id, type]);
        assert.deepEqual(Buffer.from(read.publicKey), Buffer.from(publicKey));
        assert.equal(formatVerifierKey(read), right);
        if (id !== "00000000")
          assert.deepEqual(parseVerifierKey(nodeSha256, made), { problem: "verifier-key-invalid" });
      },
    ),
  );
  const vkey = formatVerifierKey(log.key);
  const wrong = [
    "",
    vkey.slice(1),
    vkey.slice(0, -1),
    `${vkey}\n`,
    `a ${vkey}`,
    vkey.toUpperCase(),
    vkey.replace("+", ""),
  ];
  for (const given of wrong)
    assert.deepEqual(parseVerifierKey(nodeSha256, given), { problem: "verifier-key-invalid" }, given);
  const ecdsa = `${log.key.name}+${log.key.id}+${encodeBase64(Uint8Array.of(2, ...seed(1)))}`;
  assert.deepEqual(parseVerifierKey(nodeSha256, ecdsa), { problem: "verifier-key-type-unknown" });
});

test("signing keys come back as they were, and tell nothing when they are refused", async () => {
  for (const signer of [log, witness]) {
    const secret = seed(signer === log ? 1 : 2);
    const written = formatSigningKey(signer.key, secret);
    const again = await parseSigningKey(nodeSha256, `${written}\n`);
    assert.ok(!("problem" in again));
    assert.deepEqual(again.key, signer.key);
    for (const given of [
      "",
      written.slice(1),
      written.replace("PRIVATE+", ""),
      written.replace(signer.key.id, "00000000"),
      written.slice(0, -4),
    ])
      assert.deepEqual(await parseSigningKey(nodeSha256, given), { problem: "signing-key-invalid" });
  }
});

test("notes are split at their last empty line", async () => {
  const poem = "one\n\ntwo\n\n\nthree\n";
  const signature = await signNote(poem, log);
  const note = parsed(formatNote({ text: poem, signatures: [signature] }));
  assert.equal(note.text, poem);
  assert.deepEqual(await checkSignatures(note, [log.key], verifyEd25519), [{ key: log.key, valid: true }]);
});

test("signatures of unknown keys are passed over, even with a known name or id", async () => {
  const own = await signNote(text, log);
  const stranger = await signerOfSeed(nodeSha256, "stranger.example", noteSignatureType, seed(9));
  const others = [
    await signNote(text, stranger),
    { ...own, name: "letters.example.com/log" },
    { ...own, id: "00000000" },
  ];
  const note = parsed(formatNote({ text, signatures: [...others, own] }));
  assert.equal(note.signatures.length, 4);
  assert.deepEqual(await checkSignatures(note, [log.key, witness.key], verifyEd25519), [
    { key: log.key, valid: true },
  ]);
  assert.deepEqual(await checkSignatures(note, [witness.key], verifyEd25519), []);
});

test("a known key's bad signature is not outweighed by a good one", async () => {
  const own = await signNote(text, log);
  const bad = { ...own, signature: own.signature.with(0, own.signature[0]! ^ 1) };
  for (const signatures of [[own, bad], [bad, own], [bad]]) {
    const [checked] = await checkSignatures(
      parsed(formatNote({ text, signatures })),
      [log.key],
      verifyEd25519,
    );
    assert.equal(checked?.valid, false);
  }
});

test("sixteen signatures and more are read, a flood is not", async () => {
  const own = await signNote(text, log);
  const many = (count: number) => formatNote({ text, signatures: Array.from({ length: count }, () => own) });
  assert.equal(parsed(many(16)).signatures.length, 16);
  assert.equal(parsed(many(100)).signatures.length, 100);
  assert.deepEqual(parseNote(many(101)), { problem: "note-invalid" });
  assert.deepEqual(parseNote(`${"x".repeat(1_000_000)}\n\n${formatSignatureLine(own)}`), {
    problem: "note-invalid",
  });
});

test("malformed notes are refused", async () => {
  const line = formatSignatureLine(await signNote(text, log));
  const good = `${text}\n${line}`;
  assert.ok(!("problem" in parseNote(good)));
  const wrong = [
    "",
    "\n",
    text,
    `${text}\n`,
    good.slice(0, -1),
    `${good}\n`,
    `${text}${line}`,
    good.replace("\u2014", "-"),
    good.replace("\u2014 ", "\u2014"),
    good.replace("\u2014 ", "\u2014  "),
    good.replace(/ (\S+)\n$/, "  $1\n"),
    good.replace(/(\S+)\n$/, "$1 x\n"),
    good.replace(/=\n$/, "\n"),
    good.replaceAll("\n", "\r\n"),
    good.replace("12", "1\t2"),
    good.replace("12", "1\u00002"),
    good.replace("12", "1\ud8002"),
    `${text}\n\u2014 name AAAAAA==\n`,
    `${text}\n\u2014 na+me ${line.split(" ")[2]}`,
    `${text}\n\u2014 na\u00a0me ${line.split(" ")[2]}`,
  ];
  for (const note of wrong)
    assert.deepEqual(parseNote(note), { problem: "note-invalid" }, JSON.stringify(note));
  // An empty line among signature lines moves the split: what stood before it becomes text.
  assert.equal(parsed(`${text}\n${line}\n${line}`).text, `${text}\n${line}`);
  for (const given of ["no line feed", "a\rb\n", "a\n\n\u2014 x AAAAAAA=\n\n\ud800\n"])
    await assert.rejects(signNote(given, log));
  await assert.rejects(signNote(text, witness));
  await assert.rejects(cosign(text, log, 1));
});

test("checkpoints come back as they were, extension lines kept", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((line) => !line.includes("\n")),
      fc.maxSafeNat(),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.array(fc.string({ minLength: 1 }).filter((line) => !line.includes("\n"))),
      (origin, size, hash, extensions) => {
        const checkpoint = { origin, size, root: hash, extensions };
        assert.deepEqual(parseCheckpoint(formatCheckpoint(checkpoint)), checkpoint);
      },
    ),
  );
  const [origin, size, hash] = text.split("\n") as [string, string, string];
  const wrong = [
    "",
    "\n\n\n",
    `${origin}\n${size}\n${hash}`,
    `${origin}\n${size}\n`,
    `\n${size}\n${hash}\n`,
    `${origin}\n012\n${hash}\n`,
    `${origin}\n+12\n${hash}\n`,
    `${origin}\n12 \n${hash}\n`,
    `${origin}\n-1\n${hash}\n`,
    `${origin}\n1e3\n${hash}\n`,
    `${origin}\n9007199254740992\n${hash}\n`,
    `${origin}\n${size}\n${hash.slice(0, -1)}\n`,
    `${origin}\n${size}\n${encodeBase64(root.subarray(1))}\n`,
    `${origin}\n${size}\n${hash}\n\n`,
    `${origin}\n${size}\n${hash}\n\nextension\n`,
  ];
  for (const given of wrong)
    assert.deepEqual(parseCheckpoint(given), { problem: "checkpoint-invalid" }, given);
  for (const given of [
    { origin: "" },
    { origin: "a\n5" },
    { size: -1 },
    { root: root.subarray(1) },
    { extensions: [""] },
    { extensions: ["a\nb"] },
  ])
    assert.throws(() => formatCheckpoint({ origin, size: 12, root, extensions: [], ...given }));
});

test("a checkpoint with cosignatures: who signed, when, and how many count", async () => {
  const trust: Trust = { log: log.key, witnesses: [witness.key, second.key], quorum: 2 };
  const signatures = [
    await signNote(text, log),
    await cosign(text, witness, 1_700_000_000),
    await cosign(text, second, 2 ** 40),
  ];
  const read = await readCheckpoint(formatNote({ text, signatures }), trust, verifyEd25519);
  assert.ok(!("problem" in read));
  assert.deepEqual(read.checkpoint, {
    origin: log.key.name,
    size: 12,
    root: new Uint8Array(root),
    extensions: [],
  });
  assert.equal(logProblem(read, trust), undefined);
  assert.deepEqual(
    read.witnesses.map(({ key, valid, time }) => [key.name, valid, time]),
    [
      [witness.key.name, true, 1_700_000_000],
      [second.key.name, true, 2 ** 40],
    ],
  );
  assert.equal(countWitnesses(read, trust), 2);
});

test("what a cosignature does not cover is refused: time, text, length, a plain signature in its place", async () => {
  const own = await cosign(text, witness, 1_700_000_000);
  const plain = await witness.sign(encodeUtf8(text));
  const wrong = [
    { ...own, signature: own.signature.with(7, 1) },
    { ...own, signature: own.signature.with(0, 255) },
    { ...own, signature: own.signature.subarray(8) },
    { ...own, signature: plain },
    { ...own, signature: own.signature.with(71, own.signature[71]! ^ 1) },
  ];
  for (const signature of wrong) {
    const [checked] = await checkSignatures({ text, signatures: [signature] }, [witness.key], verifyEd25519);
    assert.deepEqual(checked, { key: witness.key, valid: false });
  }
  const other = text.replace("12", "13");
  const [checked] = await checkSignatures({ text: other, signatures: [own] }, [witness.key], verifyEd25519);
  assert.equal(checked?.valid, false);
  for (const time of [-1, 0.5, 2 ** 53]) await assert.rejects(cosign(text, witness, time), RangeError);
});

test("one key under two names is one witness, and the log is not its own", async () => {
  const again = await signerOfSeed(nodeSha256, "witness.example.org/again", cosignatureType, seed(2));
  const self = await signerOfSeed(nodeSha256, "self.example.org", cosignatureType, seed(1));
  const trust: Trust = { log: log.key, witnesses: [witness.key, again.key, self.key], quorum: 2 };
  const signatures = [
    await signNote(text, log),
    ...(await Promise.all([witness, again, self].map((one) => cosign(text, one, 1)))),
  ];
  const read = await readCheckpoint(formatNote({ text, signatures }), trust, verifyEd25519);
  assert.ok(!("problem" in read));
  assert.equal(
    read.witnesses.every(({ valid }) => valid),
    true,
  );
  assert.equal(countWitnesses(read, trust), 1);
});

test("the log's signature: missing, forged, or under another log's checkpoint", async () => {
  const trust: Trust = { log: log.key, witnesses: [], quorum: 0 };
  const refused = async (note: string) => {
    const read = await readCheckpoint(note, trust, verifyEd25519);
    return "problem" in read ? read.problem : logProblem(read, trust)?.problem;
  };
  const own = await signNote(text, log);
  const elsewhere = text.replace("letters", "leaflets");
  assert.equal(
    await refused(formatNote({ text, signatures: [await cosign(text, witness, 1)] })),
    "log-signature-missing",
  );
  assert.equal(
    await refused(formatNote({ text: text.replace("12", "13"), signatures: [own] })),
    "log-signature-invalid",
  );
  assert.equal(
    await refused(formatNote({ text: elsewhere, signatures: [await signNote(elsewhere, log)] })),
    "origin-differs",
  );
  assert.equal(await refused("nothing"), "note-invalid");
  assert.equal(
    await refused(formatNote({ text: "no\ncheckpoint\n", signatures: [own] })),
    "checkpoint-invalid",
  );
});

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });

test("proofs come back as they were, split at the first empty line", () => {
  fc.assert(
    fc.property(
      fc.option(fc.uint8Array(), { nil: undefined }),
      fc.maxSafeNat(),
      fc.array(hash, { maxLength: 60 }),
      fc.string(),
      (extra, index, hashes, checkpoint) => {
        const proof = { ...(extra ? { extra } : {}), index, hashes, checkpoint };
        assert.deepEqual(parseProof(formatProof(proof)), proof);
      },
    ),
  );
  const single = formatProof({ index: 0, hashes: [], checkpoint: "x" });
  assert.equal(single, "c2sp.org/tlog-proof@v1\nindex 0\n\nx");
  const one = encodeBase64(root);
  const wrong = [
    "",
    "c2sp.org/tlog-proof@v1\nindex 0\n",
    single.replace("v1", "v2"),
    single.replace("index 0", "index 00"),
    single.replace("index 0", "index"),
    single.replace("index 0", "old 0"),
    single.replace("index 0", "index 9007199254740992"),
    single.replace("index 0", "extra =\nindex 0"),
    single.replace("index 0", "index 0\nextra AAAA"),
    single.replace("index 0", "extra AAAA\nextra AAAA\nindex 0"),
    single.replace("index 0", `index 0\n${one.slice(1)}`),
    single.replace("index 0", `index 0\n${one} `),
    single.replace("index 0", `index 0${`\n${one}`.repeat(64)}`),
    single.replaceAll("\n", "\r\n"),
  ];
  for (const given of wrong) assert.deepEqual(parseProof(given), { problem: "proof-invalid" }, given);
});

test("requests to a witness come back as they were", () => {
  fc.assert(
    fc.property(
      fc.maxSafeNat(),
      fc.array(hash, { maxLength: 63 }),
      fc.string(),
      (oldSize, hashes, checkpoint) => {
        const request = { oldSize, hashes, checkpoint };
        assert.deepEqual(parseAddCheckpoint(formatAddCheckpoint(request)), request);
      },
    ),
  );
  assert.equal(formatAddCheckpoint({ oldSize: 0, hashes: [], checkpoint: "x" }), "old 0\n\nx");
  for (const given of [
    "",
    "old 0\n",
    "old -1\n\nx",
    "old 01\n\nx",
    "size 1\n\nx",
    "old 1\nx\n\ny",
    `old 1${`\n${encodeBase64(root)}`.repeat(64)}\n\nx`,
  ])
    assert.deepEqual(parseAddCheckpoint(given), { problem: "add-checkpoint-invalid" }, given);
});

test("no text makes a parser throw, and what is read is what would be written", async () => {
  const good = formatNote({ text, signatures: [await signNote(text, log), await cosign(text, witness, 1)] });
  const proof = formatProof({ index: 3, hashes: [root, root], checkpoint: good });
  const samples = [
    good,
    proof,
    formatAddCheckpoint({ oldSize: 1, hashes: [root], checkpoint: good }),
    vector.vkey,
  ];
  const mutated = fc
    .tuple(
      fc.constantFrom(...samples),
      fc.nat(),
      fc.nat(4),
      fc.string({ unit: fc.constantFrom(..."\n \u2014+=0aA\r\ud800"), maxLength: 3 }),
    )
    .map(([sample, at, cut, put]) => {
      const place = at % sample.length;
      return sample.slice(0, place) + put + sample.slice(place + cut);
    });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.string({ unit: "binary" })), (given) => {
      const note = parseNote(given);
      if (!("problem" in note)) assert.equal(formatNote(note), given);
      const read = parseProof(given);
      if (!("problem" in read)) assert.equal(formatProof(read), given);
      const request = parseAddCheckpoint(given);
      if (!("problem" in request)) assert.equal(formatAddCheckpoint(request), given);
      const checkpoint = parseCheckpoint(given);
      if (!("problem" in checkpoint)) assert.equal(formatCheckpoint(checkpoint), given);
      const vkey = parseVerifierKey(nodeSha256, given);
      if (!("problem" in vkey)) assert.equal(formatVerifierKey(vkey), given);
      parseSignatureLine(given);
      decodeBase64(given);
    }),
    { numRuns: 5000 },
  );
});
