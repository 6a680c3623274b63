/** All that can be said of a receipt: by itself, and against the log as it is now. */
import { encodeBase64url, encodeUtf8 } from "./bytes.ts";
import { type Checkpoint, parseCheckpoint, type Trust } from "./checkpoint.ts";
import { type Check, Checks, type PresentCheckName, presentChecks, type ReceiptCheckName } from "./checks.ts";
import type { VerifySignature } from "./ed25519.ts";
import { type FollowOptions, followReceipt, type PresentLog } from "./follow-receipt.ts";
import { parseEntry, type SignEntry } from "./leaf.ts";
import { parseManifest, textHash } from "./manifest.ts";
import { parseNote } from "./note.ts";
import { type LogProof, parseProof } from "./proof.ts";
import { parseReceipt, type Receipt } from "./receipt.ts";
import { checkReceiptWitnesses } from "./receipt-witnesses.ts";
import type { Sha256 } from "./sha256.ts";
import type { KnownStanding } from "./standing.ts";
import { tilePath } from "./tiles.ts";
import { verifyReceipt } from "./verify-receipt.ts";

/** What came out. */
export interface CheckedReceipt {
  readonly checks: readonly Check<ReceiptCheckName | PresentCheckName>[];
  /** What the file holds, as far as it can be read. Only what a check vouches for is true. */
  readonly parts: ReceiptParts;
  /** It is of another log than the one that is trusted, and was not compared with that one. */
  readonly foreign: boolean;
  /** The title in the file is one of the text that was signed. */
  readonly titleSigned: boolean;
  readonly standing?: KnownStanding;
  /** The trusted witnesses that cosigned its checkpoint, by name; with `cosignedNow`, the log as it is now. */
  readonly cosigners: readonly string[];
  /**
   * Too few of the witnesses asked for had cosigned when the receipt was made, and enough have cosigned the log as it is
   * now, which begins with the receipt's: that is as good.
   */
  readonly cosignedNow: boolean;
  /** Why the log could not be read to its end, where the source threw. */
  readonly broke?: unknown;
}

export interface ReceiptParts {
  readonly receipt?: Receipt;
  readonly entry?: SignEntry;
  readonly proof?: LogProof;
  readonly checkpoint?: Checkpoint;
}

/** Checks a receipt's text. A source that throws ends only the checks that need it. */
export async function checkReceipt(
  sha256: Sha256,
  verify: VerifySignature,
  text: string,
  trust: Trust,
  log: PresentLog,
  options?: FollowOptions,
): Promise<CheckedReceipt> {
  const own = await verifyReceipt(sha256, verify, text, trust);
  const passed = (name: ReceiptCheckName) =>
    own.some((check) => check.name === name && check.outcome === "passed");
  const parts = receiptParts(text);
  const { receipt, entry, proof, checkpoint } = parts;
  const foreign = checkpoint !== undefined && checkpoint.origin !== trust.log.name;
  const present = new Checks<PresentCheckName>(presentChecks);
  let broke: unknown;
  const unlessBroken = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work();
    } catch (error) {
      broke ??= error;
      return undefined;
    }
  };
  let now: string | undefined;
  const { checkpoint: ask, bundle } = log;
  const tile = readOnce(log.tile);
  const noting: PresentLog = { bundle, tile, checkpoint: async () => (now = await ask()) };
  const said = entry && proof && checkpoint && !foreign;
  const signed = passed("checkpoint") ? checkpoint : undefined;
  const standing = said
    ? await unlessBroken(() => {
        const what = { entry, index: proof.index, checkpoint: signed };
        return followReceipt(sha256, verify, present, what, trust, noting, options);
      })
    : undefined;
  const witnessed = (checkpoints: readonly string[]) =>
    checkReceiptWitnesses(sha256, verify, proof?.checkpoint, trust, { checkpoints, tile });
  const { check, cosigners, later } =
    (await unlessBroken(() => witnessed(now === undefined ? [] : [now]))) ?? (await witnessed([]));
  return {
    checks: [...own.map((one) => (one.name === "witnesses" ? check : one)), ...present.results()],
    parts,
    foreign,
    titleSigned: passed("manifest") && hasTitle(sha256, receipt!),
    cosigners,
    cosignedNow: later !== undefined,
    ...(standing && { standing }),
    ...(broke !== undefined && { broke }),
  };
}

/** The same tiles, each read once: two checks need the same ones. */
function readOnce(read: PresentLog["tile"]): PresentLog["tile"] {
  const tiles = new Map<string, ReturnType<typeof read>>();
  return (tile) => {
    const path = tilePath(tile);
    if (!tiles.has(path)) tiles.set(path, read(tile));
    return tiles.get(path)!;
  };
}

function receiptParts(text: string): ReceiptParts {
  const receipt = parseReceipt(text);
  if ("problem" in receipt) return {};
  const entry = parseEntry(encodeUtf8(receipt.entry));
  const proof = parseProof(receipt.proof);
  const note = "problem" in proof ? proof : parseNote(proof.checkpoint);
  const checkpoint = "problem" in note ? note : parseCheckpoint(note.text);
  return {
    receipt,
    ...(!("problem" in entry) && entry.t === "sign" && { entry }),
    ...(!("problem" in proof) && { proof }),
    ...(!("problem" in checkpoint) && { checkpoint }),
  };
}

/** Whether the title for people is one that the manifest holds the hash of. */
function hasTitle(sha256: Sha256, { letter, manifest }: Receipt): boolean {
  const parsed = parseManifest(encodeUtf8(manifest ?? ""));
  if (!letter || "problem" in parsed) return false;
  const hash = encodeBase64url(textHash(sha256, letter.title));
  return Object.values(parsed.languages).some(({ title }) => title === hash);
}
