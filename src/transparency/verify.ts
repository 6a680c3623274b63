/**
 * The verifier: everything that anybody can check of a log and of the letters beside it, as docs/log.md lists it. It
 * trusts the keys it is given and nothing else. Memory grows with the letters' signatures, not with the log.
 */
import { problem } from "../foundation/problem.ts";
import { type Checkpoint, logProblem, readCheckpoint, type Trust } from "./checkpoint.ts";
import { type Check, Checks, checkSigners, type LogCheckName, logChecks, type Report } from "./checks.ts";
import { checkDisclosure, checkManifests, type ShownLetter } from "./disclosure.ts";
import type { VerifySignature } from "./ed25519.ts";
import { LetterHistory } from "./letter-history.ts";
import { type LogFiles, LogReading } from "./log-reading.ts";
import { readAhead } from "./read-ahead.ts";
import type { Sha256 } from "./sha256.ts";
import { isNameGone, namesAhead } from "./shown-names.ts";
import { checkText, isTextAhead, isTextBehind } from "./shown-text.ts";

/** Letters on their way at once. */
const depth = 4;

/** A site, its mirror, or anything else that has what they have. */
export interface LogSource extends LogFiles {
  /** The latest signed checkpoint. Asked again when a letter shows a later state than the first. */
  readonly checkpoint: () => Promise<string>;
  /** What is shown of the letters, where that is to be checked too. */
  readonly letters?: ShownLetters | undefined;
}

/** What a site shows. */
export interface ShownLetters {
  /** The ids (base64url) of all letters that the site shows; one that has two pages stands there twice. */
  readonly all: () => Promise<readonly string[]>;
  /** One letter; nothing if the site does not show it. `size` is how much of the log was read. */
  readonly find: (letter: string, size: number) => Promise<ShownLetter | undefined>;
  /**
   * Where a mirror keeps them, which fetched one after the other while the log went on: how much of the log a letter
   * (its id) had to show when it was fetched. None has to be newer than that.
   */
  readonly kept?: ((letter: string) => number) | undefined;
}

/**
 * How often, and how many milliseconds apart, page and checkpoint are asked for again where one is older than the other:
 * a cache keeps either for a moment, and a checkpoint is published when witnesses were asked.
 */
export interface Indulgence {
  readonly tries: number;
  readonly pause: number;
}
const usual: Indulgence = { tries: 10, pause: 1_000 };
/** What a mirror keeps does not change while it is looked at. */
const once: Indulgence = { tries: 1, pause: 0 };

export interface VerifyOptions {
  readonly trust: Trust;
  /** Signed checkpoints of this log that were seen before. */
  readonly seen?: readonly string[];
  /** Letters (ids in base64url) to compare with what is shown; without it all of them. */
  readonly only?: readonly string[];
  readonly indulgence?: Indulgence;
  readonly onRead?: (entries: number, size: number) => void;
  readonly onCompared?: (letters: number, of: number) => void;
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
  const due = new Map<string, number>();
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

  const read = await readOn(await readSeen(checks, options, verify));
  if (read) {
    checks.ran("root", "sequence", "revisions", "removals");
    if (source.tile) checks.ran("tiles");
    if (
      source.letters &&
      (await compareLetters(sha256, checks, reading, source.letters, due, options, readOn))
    )
      checks.ran("openings", "disclosure", "counts");
  }
  return { checks: checks.results(), due, ...latest, ...(read && { histories: reading.letters }) };
}

/** Compares what is shown. Returns false if it had to read on and could not. */
async function compareLetters(
  sha256: Sha256,
  checks: Report<LogCheckName>,
  reading: LogReading,
  letters: ShownLetters,
  due: Map<string, number>,
  { only, onCompared, indulgence = usual }: VerifyOptions,
  readOn: (seen: readonly Checkpoint[]) => Promise<boolean>,
): Promise<boolean> {
  const listed = await letters.all();
  const compared = new Set(only ?? [...reading.letters.keys(), ...listed]);
  for (const letter of findTwice(listed))
    if (compared.has(letter)) checks.report("disclosure", problem("letter-shown-twice", { letter }));
  const { tries, pause } = letters.kept ? once : indulgence;
  const historyOf = (letter: string) => reading.letters.get(letter) ?? new LetterHistory();
  /** Whether what is shown of a letter is of before what the log held of it at this size. */
  const isBehind = (letter: string, shown: ShownLetter, least: number) =>
    shown.size < least ||
    (shown.text !== undefined && isTextBehind(historyOf(letter), shown.text, least)) ||
    isNameGone(historyOf(letter), shown, least);
  const find = async (letter: string) => {
    // What is asked for now has to show all that was known of the letter before.
    const least = letters.kept?.(letter) ?? historyOf(letter).size;
    due.set(letter, least);
    let waited: Set<string> | undefined;
    for (let attempt = 1; ; attempt++) {
      const shown = await letters.find(letter, reading.size);
      const ahead = namesAhead(shown);
      // Those that were ahead at every look: others have come since.
      waited = new Set(waited ? [...waited].filter((name) => ahead.has(name)) : ahead);
      if (!shown || attempt === tries || (waited.size === 0 && !isBehind(letter, shown, least)))
        return { shown, least, waited };
      await shown.close?.();
      await sleep(pause);
    }
  };
  /** Whether what is shown of a letter is newer than what was read of the log. */
  const isAhead = (letter: string, { size, text }: ShownLetter) =>
    size > reading.size || (text !== undefined && isTextAhead(historyOf(letter), text));
  /** Reads on until the state that is shown is reached, or has been waited for long enough. Returns false if it could not. */
  const reach = async (letter: string, shown: ShownLetter): Promise<boolean> => {
    for (let attempt = 1; isAhead(letter, shown) && attempt <= tries; attempt++) {
      if (attempt > 1) await sleep(pause);
      if (!(await readOn([]))) return false;
    }
    return true;
  };
  let done = 0;
  for await (const [letter, { shown, ...listed }] of readAhead(compared, depth, find)) {
    const { least } = listed;
    if (shown && !(await reach(letter, shown))) return false;
    const behind = shown && shown.size < least;
    if (behind)
      checks.report("disclosure", problem("shown-behind", { letter, shown: shown.size, logged: least }));
    if (shown && shown.size > reading.size) {
      const { size } = reading;
      checks.report("disclosure", problem("shown-ahead", { letter, shown: shown.size, size }));
    } else if (!(behind && letters.kept)) {
      // A file of a mirror that stayed behind says nothing of what the site shows: its names are not compared.
      const history = historyOf(letter);
      await checkDisclosure(sha256, checks, letter, history, shown, listed);
      if (shown?.manifest) await checkManifests(sha256, checks, letter, history, shown.manifest);
      if (shown?.text) checkText(sha256, checks, letter, history, shown.text, least);
    }
    await shown?.close?.();
    onCompared?.(++done, compared.size);
  }
  return true;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function findTwice(letters: readonly string[]): Set<string> {
  const met = new Set<string>();
  return new Set(letters.filter((letter) => met.size === met.add(letter).size));
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
