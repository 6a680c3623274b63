/** What has to hold after a burst (burst.ts), whatever was killed in it. */
import assert from "node:assert/strict";
import { type Checkpoint, parseCheckpoint } from "../../src/transparency/checkpoint.ts";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import { type Entry, parseEntry } from "../../src/transparency/leaf.ts";
import { logLetterId } from "../../src/transparency/letter-id.ts";
import { parseNote } from "../../src/transparency/note.ts";
import { nodeSha256 } from "../../src/transparency/sha256-node.ts";
import { readConsistencyProof } from "../../src/transparency/tile-proof.ts";
import { verifyConsistency } from "../../src/transparency/tree.ts";
import { parseVerifierKey } from "../../src/transparency/verifier-key.ts";
import type { LogSource } from "../../src/transparency/verify.ts";
import { verifyReceipt } from "../../src/transparency/verify-receipt.ts";
import { assertVerified, type Get, readEntries, servedLog, verifyServed } from "./served-log.ts";

/** What a signatory does, one after the other. */
export type Step = "confirm" | "correct" | "withdraw" | "erase";

/** All that a signatory did; every step was acknowledged. */
export interface Act {
  /** The letter's uuid. */
  readonly letter: string;
  readonly show: boolean;
  readonly plan: readonly Step[];
  /** The hash of the owner secret that their browser made, base64url: it tells their entries from all others. */
  readonly owner: string;
  /** The path of their private page. */
  own: string | undefined;
}

/** What was seen and acknowledged. */
export interface Seen {
  readonly signatories: readonly Act[];
  /** Every checkpoint that was served. */
  readonly notes: ReadonlySet<string>;
  /** The letter that was revised, and the numbers of its revisions that were acknowledged. */
  readonly revised: string;
  readonly revisions: ReadonlySet<number>;
}

/**
 * Every acknowledged event is in the log exactly once and in its order, every checkpoint served is the beginning of the
 * last, and the log verifies.
 * @returns the last checkpoint
 */
export async function assertBurst(get: Get, seen: Seen): Promise<Checkpoint> {
  const key = parseVerifierKey(nodeSha256, (await (await get("/log/key")).text()).trim());
  assert.ok(!("problem" in key));
  const source = servedLog(get);
  assertVerified(await verifyServed(source, key, { seen: [...seen.notes] }));
  const last = checkpointOf(await source.checkpoint());
  for (const note of seen.notes) await assertBeginning(source, checkpointOf(note), last);
  const entries = (await readEntries(source)).map((bytes) => {
    const entry = parseEntry(bytes);
    assert.ok(!("problem" in entry));
    return entry;
  });
  const steps = stepsByOwner(entries);
  for (const one of seen.signatories) assert.deepEqual(steps.get(one.owner), expected(one), one.owner);
  const logged = entries.flatMap((entry) =>
    entry.t === "rev" && entry.l === logLetterId(seen.revised) ? [entry.q] : [],
  );
  assert.equal(new Set(logged).size, logged.length);
  for (const number of seen.revisions) assert.ok(logged.includes(number), `revision ${number}`);
  const standing = seen.signatories.find(({ plan }) => plan.length === 1)!;
  const receipt = await (await get(`${standing.own}/receipt.json`)).text();
  const trust = { log: key, witnesses: [], quorum: 0 };
  const checks = await verifyReceipt(nodeSha256, verifyEd25519, receipt, trust);
  assert.deepEqual(
    checks.filter(({ outcome }) => outcome === "failed"),
    [],
  );
  return last;
}

/** By a consistency proof out of the served tiles. */
async function assertBeginning(source: LogSource, first: Checkpoint, last: Checkpoint): Promise<void> {
  const proof =
    first.size === 0 || first.size === last.size
      ? []
      : await readConsistencyProof(
          nodeSha256,
          async (tile) => (await source.tile!(tile))!,
          first.size,
          last.size,
        );
  const holds = verifyConsistency(nodeSha256, first.size, first.root, last.size, last.root, proof);
  assert.ok(holds, `${first.size} is the beginning of ${last.size}`);
}

/** The entries that a signatory's steps have to leave: each once, in their order. */
function expected({ plan, show }: Act): string[] {
  const sign = show ? ["sign"] : ["sign", "erase"];
  const of: Record<Step, string[]> = {
    confirm: sign,
    correct: ["withdraw", ...sign],
    withdraw: ["withdraw"],
    erase: [...(plan.includes("withdraw") ? [] : ["withdraw"]), ...(show ? ["erase"] : [])],
  };
  return plan.flatMap((step) => of[step]);
}

/** The entries about each signature, by the hash of its owner secret. */
function stepsByOwner(entries: readonly Entry[]): Map<string, string[]> {
  const owners = new Map<string, string>();
  const steps = new Map<string, string[]>();
  for (const entry of entries) {
    if (entry.t === "sign") owners.set(`${entry.l} ${entry.s}`, entry.u);
    const owner = owners.get(`${entry.l} ${"i" in entry ? entry.i : entry.s}`);
    if (owner !== undefined) steps.set(owner, [...(steps.get(owner) ?? []), entry.t]);
  }
  return steps;
}

function checkpointOf(note: string): Checkpoint {
  const parsed = parseNote(note);
  assert.ok(!("problem" in parsed), note);
  const checkpoint = parseCheckpoint(parsed.text);
  assert.ok(!("problem" in checkpoint), note);
  return checkpoint;
}
