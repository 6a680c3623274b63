/**
 * The verifier: everything that anybody can check of a log and of the letters beside it, as docs/log.md lists it. It
 * trusts the keys it is given and nothing else. Memory grows with the letters' signatures, not with the log.
 */
import { problem } from "../foundation/problem.ts";
import { type Checkpoint, logProblem, readCheckpoint, type Trust } from "./checkpoint.ts";
import { type Check, Checks, checkSigners, type LogCheckName, logChecks, type Report } from "./checks.ts";
import { type CompareOptions, LetterComparison, type ShownLetters } from "./compare-letters.ts";
import type { VerifySignature } from "./ed25519.ts";
import type { LetterHistory } from "./letter-history.ts";
import { type LogFiles, LogReading } from "./log-reading.ts";
import type { Sha256 } from "./sha256.ts";

/** A site, its mirror, or anything else that has what they have. */
export interface LogSource extends LogFiles {
  /** The latest signed checkpoint. Asked again when a letter shows a later state than the first. */
  readonly checkpoint: () => Promise<string>;
  /** What is shown of the letters, where that is to be checked too. */
  readonly letters?: ShownLetters | undefined;
}

export interface VerifyOptions extends CompareOptions {
  readonly trust: Trust;
  /** Signed checkpoints of this log that were seen before. */
  readonly seen?: readonly string[];
  readonly onRead?: (entries: number, size: number) => void;
}

/** What came out. The checkpoint is there where it could be read at all; its note is what a mirror keeps. */
export interface Verification {
  readonly checks: readonly Check<LogCheckName>[];
  readonly checkpoint?: Checkpoint;
  readonly note?: string;
  /** What the log holds of each letter, by its id, where the log could be read. */
  readonly histories?: ReadonlyMap<string, LetterHistory>;
  /** How much of the log each letter that was compared had to show, by its id. */
  readonly due: ReadonlyMap<string, number>;
}

/** Verifies a log. Rejects only when the source does: then nothing is said about the log. */
export async function verifyLog(
  sha256: Sha256,
  verify: VerifySignature,
  source: LogSource,
  options: VerifyOptions,
): Promise<Verification> {
  const checks = new Checks<LogCheckName>(logChecks);
  const reading = new LogReading(sha256, source, checks);
  let latest: Pick<Verification, "checkpoint" | "note"> = {};

  /** Fetches the latest checkpoint and reads up to it. */
  const readOn = async (seen: readonly Checkpoint[]): Promise<boolean> => {
    const note = await source.checkpoint();
    // Asked again while something is waited for: this one was read, and what is wrong with it was said.
    if (note === latest.note) return true;
    const read = await readCheckpoint(note, options.trust, verify);
    if ("problem" in read) {
      checks.report("checkpoint", read);
      return false;
    }
    const { checkpoint } = read;
    latest = { checkpoint, note };
    checkSigners(checks, read, options.trust);
    for (const size of [reading.size, ...seen.map((earlier) => earlier.size)])
      if (size > checkpoint.size)
        checks.report("consistency", problem("log-shrank", { seen: size, size: checkpoint.size }));
    if (reading.size > checkpoint.size) return false;
    return reading.readTo(checkpoint, seen, (entries) => options.onRead?.(entries, checkpoint.size));
  };

  const comparison =
    source.letters &&
    new LetterComparison(sha256, checks, reading, source.letters, options, () => readOn([]));
  const read = await readOn(await readSeen(checks, options, verify));
  if (read) {
    checks.ran("root", "sequence", "revisions", "removals");
    if (source.tile) checks.ran("tiles");
    if (await comparison?.run()) checks.ran("openings", "disclosure", "counts");
  }
  const due = comparison?.due ?? new Map<string, number>();
  return { checks: checks.results(), due, ...latest, ...(read && { histories: reading.letters }) };
}

/** The checkpoints seen before. One that the log did not sign proves nothing against it, and is a finding itself. */
async function readSeen(
  checks: Report<LogCheckName>,
  { seen, trust }: VerifyOptions,
  verify: VerifySignature,
): Promise<Checkpoint[]> {
  const checkpoints: Checkpoint[] = [];
  for (const [at, note] of (seen ?? []).entries()) {
    const read = await readCheckpoint(note, { log: trust.log, witnesses: [] }, verify);
    if ("problem" in read || logProblem(read, trust))
      checks.report("consistency", problem("seen-invalid", { seen: at }));
    else checkpoints.push(read.checkpoint);
  }
  return checkpoints;
}
