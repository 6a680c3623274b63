/**
 * The verifier: everything that anybody can check of a log and of the letters beside it, as the plan lists it. It
 * trusts the keys it is given and nothing else. Memory grows with the letters' signatures, not with the log.
 */
import { problem } from "../foundation/problem.ts";
import { type Checkpoint, logProblem, readCheckpoint, type Trust } from "./checkpoint.ts";
import { type Check, Checks, checkSigners, type LogCheckName, logChecks, type Report } from "./checks.ts";
import { checkDisclosure, type ShownLetter } from "./disclosure.ts";
import type { VerifySignature } from "./ed25519.ts";
import { LetterHistory } from "./letter-history.ts";
import { type LogFiles, LogReading } from "./log-reading.ts";
import type { Sha256 } from "./sha256.ts";

/** A site, its mirror, or anything else that has what they have. */
export interface LogSource extends LogFiles {
  /** The latest signed checkpoint. Asked again when a letter shows a later state than the first. */
  readonly checkpoint: () => Promise<string>;
  /** What is shown of the letters, where that is to be checked too. */
  readonly letters?: ShownLetters | undefined;
}

/** What a site shows. */
export interface ShownLetters {
  /** The ids (base64url) of all letters that the site shows. */
  readonly all: () => Promise<readonly string[]>;
  /** One letter; nothing if the site does not show it. */
  readonly find: (letter: string) => Promise<ShownLetter | undefined>;
}

export interface VerifyOptions {
  readonly trust: Trust;
  /** Signed checkpoints of this log that were seen before. */
  readonly seen?: readonly string[];
  /** Letters (ids in base64url) to compare with what is shown; without it all of them. */
  readonly only?: readonly string[];
  readonly onRead?: (entries: number, size: number) => void;
}

/** What came out. The checkpoint is there where it could be read at all; its note is what a mirror keeps. */
export interface Verification {
  readonly checks: readonly Check<LogCheckName>[];
  readonly checkpoint?: Checkpoint;
  readonly note?: string;
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

  if (await readOn(await readSeen(checks, options, verify))) {
    checks.ran("root", "sequence", "revisions", "removals");
    if (source.tile) checks.ran("tiles");
    if (options.seen?.length) checks.ran("consistency");
    if (source.letters && (await compareLetters(sha256, checks, reading, source.letters, options, readOn)))
      checks.ran("openings", "disclosure", "counts");
  }
  return { checks: checks.results(), ...latest };
}

/** Compares what is shown. Returns false if it had to read on and could not. */
async function compareLetters(
  sha256: Sha256,
  checks: Report<LogCheckName>,
  reading: LogReading,
  letters: ShownLetters,
  { only }: VerifyOptions,
  readOn: (seen: readonly Checkpoint[]) => Promise<boolean>,
): Promise<boolean> {
  for (const letter of only ?? new Set([...reading.letters.keys(), ...(await letters.all())])) {
    const shown = await letters.find(letter);
    if (shown && shown.size > reading.size && !(await readOn([]))) return false;
    if (shown && shown.size > reading.size) {
      const { size } = reading;
      checks.report("disclosure", problem("shown-ahead", { letter, shown: shown.size, size }));
    } else {
      const history = reading.letters.get(letter) ?? new LetterHistory();
      await checkDisclosure(sha256, checks, letter, history, shown);
    }
  }
  return true;
}

/** The checkpoints seen before. One that the log did not sign proves nothing against it, and is a finding itself. */
async function readSeen(
  checks: Report<LogCheckName>,
  { seen, trust }: VerifyOptions,
  verify: VerifySignature,
): Promise<Checkpoint[]> {
  const checkpoints: Checkpoint[] = [];
  for (const note of seen ?? []) {
    const read = await readCheckpoint(note, { log: trust.log, witnesses: [] }, verify);
    if ("problem" in read || logProblem(read, trust)) checks.report("consistency", problem("seen-invalid"));
    else checkpoints.push(read.checkpoint);
  }
  return checkpoints;
}
