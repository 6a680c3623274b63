/** Receipts against the log as it is now: what came after is met, and nothing of the log can be changed unseen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkReceipt } from "../../src/transparency/check-receipt.ts";
import type { PresentCheckName } from "../../src/transparency/checks.ts";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import type { FollowOptions, PresentLog } from "../../src/transparency/follow-receipt.ts";
import { formatReceipt } from "../../src/transparency/receipt.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { signerOfSeed } from "../../src/transparency/signing-key.ts";
import { tilePath } from "../../src/transparency/tiles.ts";
import { noteSignatureType } from "../../src/transparency/verifier-key.ts";
import { log, type MadeLetter, MadeLog, type MadeSignature, witnesses } from "../support/transparency-log.ts";

const trust = { log: log.key, witnesses: witnesses.map(({ key }) => key), quorum: 0 };

function sourceOf(made: MadeLog): PresentLog {
  const { checkpoint, bundle, tile } = made.source();
  return { checkpoint, bundle, tile: tile! };
}

/** What the checks say of the log's present, with the codes found, and how the signature stands. */
async function follow(text: string, source: PresentLog, options?: FollowOptions) {
  const checked = await checkReceipt(nodeSha256, verifyEd25519, text, trust, source, options);
  const outcome = (name: PresentCheckName) => {
    const { outcome, findings } = checked.checks.find((check) => check.name === name)!;
    return outcome === "failed" ? findings.map(({ problem }) => problem).join() : outcome;
  };
  return {
    present: outcome("present"),
    grown: outcome("grown"),
    place: outcome("place"),
    read: outcome("standing"),
    standing: checked.standing ?? "unknown",
    checked,
  };
}

/** A log in which a receipt was made, and which then grew. */
async function grownLog(
  before: number,
  after: number,
  then: (letter: MadeLetter, own: MadeSignature) => void,
) {
  const made = new MadeLog();
  const letter = made.letter();
  letter.publish("one");
  for (let at = 0; at < before; at++) letter.sign(`Before ${at}`);
  const own = letter.sign("Zoë");
  await made.publish();
  const receipt = formatReceipt(await made.receipt(letter, own));
  const other = made.letter();
  other.publish("two");
  for (let at = 0; at < after; at++) at % 50 === 0 ? letter.sign(`After ${at}`) : other.deliver();
  then(letter, own);
  await made.publish();
  return { made, receipt };
}
const nothing = () => undefined;
const good = { present: "passed", grown: "passed", place: "passed", read: "passed" };

for (const [before, after] of [
  [0, 0],
  [0, 1],
  [253, 3],
  [254, 1],
  [255, 255],
  [600, 700],
  [10, 66_000],
] as const)
  test(`a signature after ${before} others stands after ${after} more`, async () => {
    const { made, receipt } = await grownLog(before, after, nothing);
    const read: number[] = [];
    const { checked, standing, ...rest } = await follow(receipt, sourceOf(made), {
      onRead: (done, of) => read.push(of - done),
    });
    assert.deepEqual(rest, good);
    assert.equal(standing, "stands");
    assert.equal(read.at(-1), 0);
    assert.equal(checked.cosigners.length, 2);
    assert.equal(checked.foreign, false);
  });

test("what came after is met: a withdrawal, an erasure, both; and those of others are not", async () => {
  const after = async (then: Parameters<typeof grownLog>[2]) => {
    const { made, receipt } = await grownLog(300, 300, then);
    return (await follow(receipt, sourceOf(made))).standing;
  };
  assert.equal(await after((letter, { s, owner }) => letter.remove("withdraw", s, owner)), "withdrawn");
  assert.equal(await after((letter, { s }) => letter.remove("erase", s)), "erased");
  const both = (letter: MadeLetter, { s }: MadeSignature) => {
    letter.remove("erase", s);
    letter.remove("withdraw", s);
  };
  assert.equal(await after(both), "withdrawn");
  assert.equal(await after((letter, { s }) => letter.remove("withdraw", s - 1)), "stands");
});

test("a second signature with the receipt's number in the letter is a finding, and no standing", async () => {
  const made = new MadeLog();
  const letter = made.letter();
  letter.publish("one");
  // What no honest log holds: its number stands in the letter already when it is signed.
  const { s } = letter.sign("Other");
  const own = letter.sign("Zoë", { s });
  await made.publish();
  const receipt = formatReceipt(await made.receipt(letter, own));
  const { checked, ...said } = await follow(receipt, sourceOf(made));
  assert.deepEqual(said, { ...good, read: "sequence-gap", standing: "unknown" });
  assert.equal(checked.broke, undefined);
});

test("too few witnesses when it was made are made good by enough under the log as it is now, and by nothing else", async () => {
  const made = new MadeLog();
  const letter = made.letter();
  letter.publish("one");
  const own = letter.sign("Zoë");
  await made.publish([log]);
  const receipt = formatReceipt(await made.receipt(letter, own));
  letter.sign("Later");
  const outcome = async (text: string, quorum: number) => {
    const checked = await checkReceipt(nodeSha256, verifyEd25519, text, { ...trust, quorum }, sourceOf(made));
    const { outcome } = checked.checks.find(({ name }) => name === "witnesses")!;
    return [outcome, checked.cosignedNow, checked.cosigners.length];
  };
  await made.publish([log, witnesses[0]!]);
  assert.deepEqual(await outcome(receipt, 0), ["passed", false, 0]);
  assert.deepEqual(await outcome(receipt, 1), ["passed", true, 1]);
  assert.deepEqual(await outcome(receipt, 2), ["failed", false, 0]);
  // Of another history they say nothing of this receipt.
  const elsewhere = new MadeLog();
  const its = elsewhere.letter();
  its.publish("another");
  its.sign("Zoë");
  its.sign("Later");
  await elsewhere.publish();
  const foreign = await checkReceipt(
    nodeSha256,
    verifyEd25519,
    receipt,
    { ...trust, quorum: 1 },
    sourceOf(elsewhere),
  );
  assert.equal(foreign.checks.find(({ name }) => name === "witnesses")!.outcome, "failed");
});

test("too much to read leaves the standing open, and a source that throws leaves what was found", async () => {
  const { made, receipt } = await grownLog(300, 700, nothing);
  const { checked, ...limited } = await follow(receipt, sourceOf(made), { most: 500 });
  assert.deepEqual(limited, { ...good, read: "not-run", standing: "unknown" });
  assert.equal(checked.broke, undefined);
  const broken = async () => {
    throw new Error("no network");
  };
  const cut = await follow(receipt, { ...sourceOf(made), bundle: broken });
  assert.match(String(cut.checked.broke), /no network/);
  assert.deepEqual([cut.place, cut.checked.checks.at(-1)!.outcome], ["passed", "not-run"]);
  const offline = await follow(receipt, { ...sourceOf(made), checkpoint: broken });
  assert.equal(offline.present, "not-run");
  assert.equal(offline.checked.checks.filter(({ outcome }) => outcome === "passed").length, 8);
});

test("no bit of the log can be changed unseen", async () => {
  const { made, receipt } = await grownLog(300, 700, nothing);
  const size = made.size;
  const width = size % 256;
  const last = Math.floor(size / 256);
  const flipped = async (path: string, at: number) => {
    const whole = made.files.get(path)!;
    const changed = Uint8Array.from(whole);
    changed[at]! ^= 1;
    made.files.set(path, changed);
    const { checked, ...said } = await follow(receipt, sourceOf(made));
    made.files.set(path, whole);
    return said;
  };
  // The receipt's own bundle, a later one, and the last.
  for (const tile of [
    { index: 1, width: 256 },
    { index: 2, width: 256 },
    { index: last, width },
  ]) {
    const said = await flipped(tilePath({ level: "entries", ...tile }), 100);
    assert.deepEqual([said.standing, said.place], ["unknown", "passed"]);
    assert.match(said.read!, /^(root-differs|bundle-invalid)$/);
  }
  const tile = await flipped(tilePath({ level: 0, index: 1, width: 256 }), 50 * 32);
  assert.equal(tile.place, "inclusion-fails");
  const left = await flipped(tilePath({ level: 1, index: 0, width: last }), 0);
  assert.equal(left.place, "inclusion-fails");
  const missing = made.files.get(tilePath({ level: 0, index: 1, width: 256 }))!;
  made.files.delete(tilePath({ level: 0, index: 1, width: 256 }));
  assert.equal((await follow(receipt, sourceOf(made))).place, "tile-missing");
  made.files.set(tilePath({ level: 0, index: 1, width: 256 }), missing);
  made.files.delete(tilePath({ level: "entries", index: 2, width: 256 }));
  assert.deepEqual((await follow(receipt, sourceOf(made))).checked.checks.at(-1)!.findings[0], {
    problem: "bundle-missing",
    detail: { path: "tile/entries/002" },
  });
});

test("a log that was rewritten, cut, or signed by another is not the receipt's", async () => {
  const { made, receipt } = await grownLog(300, 300, nothing);
  const rewritten = await grownLog(299, 400, nothing);
  const other = await follow(receipt, sourceOf(rewritten.made));
  assert.deepEqual(
    [other.present, other.grown, other.place, other.standing],
    ["passed", "history-rewritten", "inclusion-fails", "unknown"],
  );
  const short = new MadeLog();
  short.letter().publish("one");
  await short.publish();
  const cut = await follow(receipt, sourceOf(short));
  assert.deepEqual([cut.grown, cut.place], ["log-shrank", "inclusion-fails"]);
  const stranger = await signerOfSeed(nodeSha256, log.key.name, noteSignatureType, new Uint8Array(32));
  await made.publish([stranger]);
  const signed = await follow(receipt, sourceOf(made));
  assert.deepEqual([signed.present, signed.checked.standing], ["log-signature-missing", undefined]);
});

test("a receipt of another log is not compared; a title is vouched for by the text that was signed", async () => {
  const made = new MadeLog();
  const letter = made.letter();
  letter.publish("The title");
  const own = letter.sign("Zoë");
  await made.publish();
  const receipt = await made.receipt(letter, own);
  const titled = (title: string) =>
    formatReceipt({ ...receipt, letter: { title, url: "https://letters.example.org/letters/x" } });
  assert.equal((await follow(titled("The title"), sourceOf(made))).checked.titleSigned, true);
  assert.equal((await follow(titled("Another title"), sourceOf(made))).checked.titleSigned, false);
  await made.publish([log], "elsewhere.example/log");
  const foreign = formatReceipt(await made.receipt(letter, own));
  const { checked, ...said } = await follow(foreign, sourceOf(made));
  assert.equal(checked.foreign, true);
  assert.deepEqual([said.present, said.standing], ["not-run", "unknown"]);
});
