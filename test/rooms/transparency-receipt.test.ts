/** Receipts: they come back as they were, a good one passes, and every kind of bad one says what is wrong with it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeBase64url } from "../../src/transparency/bytes.ts";
import { findingCodes, receiptChecks } from "../../src/transparency/checks.ts";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import type { SignEntry } from "../../src/transparency/leaf.ts";
import { formatProof, parseProof } from "../../src/transparency/proof.ts";
import { formatReceipt, parseReceipt, type Receipt } from "../../src/transparency/receipt.ts";
import { sha256 } from "../../src/transparency/sha256.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { standingOf } from "../../src/transparency/standing.ts";
import { verifyLog } from "../../src/transparency/verify.ts";
import { verifyReceipt } from "../../src/transparency/verify-receipt.ts";
import { log, MadeLog, type MadeSignature, witnesses } from "../support/transparency-log.ts";

const trust = { log: log.key, witnesses: witnesses.map(({ key }) => key), quorum: 2 };
const made = new MadeLog();
const letter = made.letter();
letter.publish("one");
const signatures = Array.from({ length: 300 }, (_, at) => letter.sign(`Zoë ${at}`));
await made.publish();
const receipt = await made.receipt(letter, signatures[123]!);
const other = await made.receipt(letter, signatures[124]!);
const proof = parseProof(receipt.proof);
assert.ok(!("problem" in proof));

/** What failed, with the codes found. */
async function failures(text: string, trusted = trust, hash = nodeSha256): Promise<Record<string, string[]>> {
  const checks = await verifyReceipt(hash, verifyEd25519, text, trusted);
  assert.deepEqual(
    checks.map(({ name }) => name),
    [...receiptChecks],
  );
  const failed = checks.filter(({ outcome }) => outcome === "failed");
  for (const { findings } of failed)
    for (const { problem } of findings) assert.ok(findingCodes.includes(problem), problem);
  return Object.fromEntries(
    failed.map(({ name, findings }) => [name, findings.map(({ problem }) => problem)]),
  );
}
const changed = (change: Partial<Receipt>) => formatReceipt({ ...receipt, ...change });
const secretly = (change: Partial<NonNullable<Receipt["private"]>>) =>
  changed({ private: { ...receipt.private!, ...change } });

test("receipts come back as they were", () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          about: fc.array(fc.string().filter((line) => !line.includes("\n"))),
          letter: fc.record(
            { title: fc.string({ unit: "grapheme" }), url: fc.webUrl() },
            { noNullPrototype: true },
          ),
          key: fc.string(),
          entry: fc.string(),
          proof: fc
            .array(
              fc.string().filter((line) => !line.includes("\n")),
              { minLength: 1 },
            )
            .map((lines) => `${lines.join("\n")}\n`),
          manifest: fc.string(),
        },
        { requiredKeys: ["entry", "proof"], noNullPrototype: true },
      ),
      (given) => {
        assert.deepEqual(parseReceipt(formatReceipt(given as Receipt)), given);
      },
    ),
  );
  assert.deepEqual(parseReceipt(formatReceipt(receipt)), receipt);
  assert.deepEqual(parseReceipt(`\ufeff${formatReceipt(receipt).replaceAll("\n", "\r\n")}`), receipt);
});

test("the proof stands in the file line by line, as other tools take it", () => {
  const { format, version, proof: lines, private: own } = JSON.parse(formatReceipt(receipt));
  assert.deepEqual([format, version], ["undersigned-receipt", 1]);
  assert.equal(lines.map((line: string) => `${line}\n`).join(""), receipt.proof);
  assert.equal(lines[0], "c2sp.org/tlog-proof@v1");
  assert.deepEqual(Object.keys(own), ["name", "affiliation", "email", "master", "owner"]);
});

test("a good receipt passes every check, by Node's hash and by our own", async () => {
  for (const hash of [nodeSha256, sha256]) {
    const checks = await verifyReceipt(hash, verifyEd25519, formatReceipt(receipt), trust);
    assert.deepEqual(
      checks.map(({ outcome }) => outcome),
      receiptChecks.map(() => "passed"),
    );
  }
});

test("without its private part, its manifest or witnesses a receipt proves less, and says so", async () => {
  const { private: own, manifest, ...less } = receipt;
  assert.ok(own && manifest);
  const { owner, ...rest } = own;
  assert.ok(owner);
  const notRun = async (text: string, trusted = trust) => {
    assert.deepEqual(await failures(text, trusted), {});
    const checks = await verifyReceipt(nodeSha256, verifyEd25519, text, trusted);
    return checks.filter(({ outcome }) => outcome === "not-run").map(({ name }) => name);
  };
  assert.deepEqual(await notRun(formatReceipt(less)), ["manifest", "commitment", "owner"]);
  assert.deepEqual(await notRun(formatReceipt({ ...receipt, private: rest })), ["owner"]);
  assert.deepEqual(await notRun(formatReceipt(receipt), { log: log.key, witnesses: [], quorum: 0 }), [
    "witnesses",
  ]);
});

test("further fields within version 1 are passed over", async () => {
  const text = formatReceipt(receipt).replace("{", '{"later":{"x":[1]},');
  assert.deepEqual(await failures(text), {});
});

test("every kind of bad receipt is told by its name", async () => {
  const { checkpoint } = proof;
  const withProof = (change: Partial<typeof proof>) =>
    changed({ proof: formatProof({ ...proof, ...change }) });
  const none = encodeBase64url(new Uint8Array(32));
  const rev = Buffer.from(made.entries[0]!).toString();
  const otherLog = new MadeLog();
  otherLog.letter().publish("one");
  const foreign = await otherLog.publish([log, ...witnesses], "letters.example.net/log");
  const cases: [string, string, Record<string, string[]>][] = [
    ["not JSON", "hello", { receipt: ["receipt-invalid"] }],
    ["another format", formatReceipt(receipt).replace("undersigned-", ""), { receipt: ["receipt-invalid"] }],
    [
      "a later version",
      formatReceipt(receipt).replace('"version": 1', '"version": 2'),
      { receipt: ["receipt-version-unknown"] },
    ],
    ["cut short", formatReceipt(receipt).slice(0, -30), { receipt: ["receipt-invalid"] }],
    ["a secret too short", secretly({ master: "AAAA" }), { receipt: ["receipt-invalid"] }],
    ["too long", formatReceipt(receipt) + " ".repeat(262_144), { receipt: ["receipt-invalid"] }],
    [
      "another's entry",
      changed({ entry: other.entry }),
      { inclusion: ["inclusion-fails"], commitment: ["commitment-differs"], owner: ["owner-differs"] },
    ],
    ["no entry", changed({ entry: "x" }), { entry: ["entry-not-json"], inclusion: ["inclusion-fails"] }],
    [
      "an entry beyond all bounds",
      changed({ entry: "x".repeat(70_000) }),
      { entry: ["entry-not-json"], inclusion: ["inclusion-fails"] },
    ],
    [
      "a revision's entry",
      changed({ entry: rev }),
      { entry: ["entry-not-signature"], inclusion: ["inclusion-fails"] },
    ],
    [
      "a spaced entry",
      changed({ entry: receipt.entry.replace(",", ", ") }),
      { entry: ["entry-not-canonical"], inclusion: ["inclusion-fails"] },
    ],
    ["another's proof", changed({ proof: other.proof }), { inclusion: ["inclusion-fails"] }],
    ["another index", withProof({ index: 5 }), { inclusion: ["inclusion-fails"] }],
    ["an index beyond", withProof({ index: 5000 }), { inclusion: ["inclusion-fails"] }],
    ["a hash less", withProof({ hashes: proof.hashes.slice(1) }), { inclusion: ["inclusion-fails"] }],
    ["no proof", changed({ proof: "x\n" }), { inclusion: ["proof-invalid"] }],
    ["no checkpoint", withProof({ checkpoint: "" }), { checkpoint: ["note-invalid"] }],
    [
      "another size",
      withProof({ checkpoint: checkpoint.replace("\n301\n", "\n302\n") }),
      {
        checkpoint: ["log-signature-invalid"],
        witnesses: ["witness-signature-invalid", "witness-signature-invalid", "quorum-missed"],
      },
    ],
    [
      "unsigned by the log",
      withProof({ checkpoint: checkpoint.replace(/\u2014 letters.*\n/, "") }),
      { checkpoint: ["log-signature-missing"] },
    ],
    [
      "a witness less",
      withProof({ checkpoint: checkpoint.replace(/\u2014 witness\.example\.org.*\n/, "") }),
      { witnesses: ["quorum-missed"] },
    ],
    [
      "another log's checkpoint",
      withProof({ checkpoint: foreign }),
      { checkpoint: ["origin-differs"], inclusion: ["inclusion-fails"] },
    ],
    [
      "another manifest",
      changed({ manifest: receipt.manifest!.replace('"revision":1', '"revision":2') }),
      { manifest: ["manifest-differs"] },
    ],
    ["no manifest", changed({ manifest: "{}" }), { manifest: ["manifest-invalid"] }],
    ["another name", secretly({ name: "Eve" }), { commitment: ["commitment-differs"] }],
    [
      "another affiliation",
      secretly({ affiliation: "Univ. of Ghent" }),
      { commitment: ["commitment-differs"] },
    ],
    ["another address", secretly({ email: "eve@example.org" }), { commitment: ["commitment-differs"] }],
    ["another master", secretly({ master: none }), { commitment: ["commitment-differs"] }],
    ["another owner", secretly({ owner: none }), { owner: ["owner-differs"] }],
  ];
  for (const [name, text, expected] of cases) assert.deepEqual(await failures(text), expected, name);
});

test("a receipt brings no trust of its own: under another log's key nothing of it holds", async () => {
  const stranger = { ...trust, log: { ...log.key, publicKey: witnesses[0]!.key.publicKey } };
  assert.deepEqual(
    await failures(formatReceipt({ ...receipt, key: "letters.example.org/log+00000000+AAAA" })),
    {},
  );
  assert.deepEqual((await failures(formatReceipt(receipt), stranger)).checkpoint, ["log-signature-invalid"]);
});

test("any character of what is proved changed, and a check fails", async () => {
  const fields = ["entry", "proof", "manifest"] as const;
  const secrets = ["name", "email", "master", "owner"] as const;
  const put = (text: string, place: number, character: string) => {
    const at = place % text.length;
    return text.slice(0, at) + character + text.slice(at + 1);
  };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...fields, ...secrets),
      fc.nat(),
      fc.constantFrom(..."aZ5-\n"),
      async (field, place, character) => {
        const text = fields.includes(field as "entry")
          ? changed({ [field]: put(receipt[field as "entry"], place, character) })
          : secretly({ [field]: put(receipt.private![field as "name"], place, character) });
        if (text === formatReceipt(receipt)) return;
        assert.notDeepEqual(await failures(text), {}, text);
      },
    ),
    { numRuns: 400 },
  );
});

test("no text makes the receipt's reader throw", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), fc.json()), async (text) => {
      assert.deepEqual(Object.keys(await failures(text)), ["receipt"]);
    }),
  );
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom("", "x", [], {}, null));
  const field = fc.constantFrom("about", "letter", "key", "entry", "proof", "manifest", "private");
  await fc.assert(
    fc.asyncProperty(field, value, async (name, given) => {
      await failures(JSON.stringify({ ...JSON.parse(formatReceipt(receipt)), [name]: given }));
    }),
    { numRuns: 500 },
  );
});

test("a signature stands until it is withdrawn, or its name is taken down", async () => {
  const made = new MadeLog();
  const letter = made.letter();
  letter.publish("one");
  const [ada, zoe, eve] = ["Ada", "Zoë", "Eve"].map((name) => letter.sign(name));
  letter.remove("withdraw", zoe!.s, zoe!.owner);
  letter.remove("erase", eve!.s);
  await made.publish();
  const trust = { log: log.key, witnesses: [], quorum: 0 };
  const { histories } = await verifyLog(nodeSha256, verifyEd25519, made.source(), { trust });
  const standing = ({ entry, index }: MadeSignature, change = {}) =>
    standingOf(histories!, { ...(entry as SignEntry), l: letter.id, s: index, ...change }, index);
  assert.equal(standing(ada!), "stands");
  assert.equal(standing(zoe!), "withdrawn");
  assert.equal(standing(eve!), "erased");
  assert.equal(standing(ada!, { c: (zoe!.entry as SignEntry).c }), "missing");
  assert.equal(standing(ada!, { u: (zoe!.entry as SignEntry).u }), "missing");
  assert.equal(standing(ada!, { s: 99 }), "missing");
  assert.equal(standing(ada!, { l: "AAAAAAAAAAAAAAAAAAAAAA" }), "missing");
  assert.equal(standing({ ...ada!, index: zoe!.index }, { s: ada!.s }), "missing");
});
