/** All that can be said of a receipt: by itself, and against the log as it is now. */
import { encodeBase64url, encodeUtf8 } from "./bytes.ts";
import { type Checkpoint, parseCheckpoint, type Trust } from "./checkpoint.ts";
import { type Check, Checks, type PresentCheckName, presentChecks, type ReceiptCheckName } from "./checks.ts";
import { checkCosigners } from "./cosigners.ts";
import type { VerifySignature } from "./ed25519.ts";
import { type FollowOptions, followReceipt, type PresentLog } from "./follow-receipt.ts";
import { parseEntry, type SignEntry } from "./leaf.ts";
import { parseManifest, textHash } from "./manifest.ts";
import { parseNote } from "./note.ts";
import { type LogProof, parseProof } from "./proof.ts";
import { parseReceipt, type Receipt } from "./receipt.ts";
import type { Sha256 } from "./sha256.ts";
import type { KnownStanding } from "./standing.ts";
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
  let standing: KnownStanding | undefined;
  let broke: unknown;
  let now: string | undefined;
  const noting: PresentLog = {
    ...log,
    checkpoint: async () => {
      now = await log.checkpoint();
      return now;
    },
  };
  if (entry && proof && checkpoint && !foreign) {
    const said = {
      entry,
      index: proof.index,
      checkpoint: passed("checkpoint") ? checkpoint : undefined,
    };
    try {
      standing = await followReceipt(sha256, verify, present, said, trust, noting, options);
    } catch (error) {
      broke = error;
    }
  }
  const followed = present.results();
  const then = await checkCosigners(proof?.checkpoint, trust, verify);
  const grown = followed.some(({ name, outcome }) => name === "grown" && outcome === "passed");
  const later = await checkCosigners(grown ? now : undefined, trust, verify);
  const missed = then.check.findings.every((finding) => finding.problem === "quorum-missed");
  const cosignedNow = then.check.outcome === "failed" && missed && later.check.outcome === "passed";
  const { cosigners } = cosignedNow ? later : then;
  return {
    checks: [
      ...own.map((check) => (check.name === "witnesses" && cosignedNow ? later.check : check)),
      ...followed,
    ],
    parts,
    foreign,
    titleSigned: passed("manifest") && hasTitle(sha256, receipt!),
    cosigners,
    cosignedNow,
    ...(standing && { standing }),
    ...(broke !== undefined && { broke }),
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
