/** What a letter's page shows against what the log holds: items 7 to 9 of the verifier's list, and its manifests. */
import { type Problem, problem } from "../foundation/problem.ts";
import { decodeBase64url, encodeBase64url, equalBytes } from "./bytes.ts";
import type { FindingCode, Report } from "./checks.ts";
import type { LetterHistory } from "./letter-history.ts";
import { parseManifest } from "./manifest.ts";
import { OpenedNames } from "./opened-names.ts";
import { type Opening, openingCommitment, parseOpening } from "./opening.ts";
import type { Sha256 } from "./sha256.ts";
import type { ShownLists } from "./shown-names.ts";
import type { ShownText } from "./shown-text.ts";

/** How many signatures a letter had when the log had a size. */
export interface LetterState {
  readonly size: number;
  readonly count: number;
}

/** What a site shows of one letter: the log's size when it was so, at most the size verified, and the count on its page. */
export interface ShownLetter extends LetterState {
  /**
   * Where the page was older than its openings, or newer: what all openings files say that were read, between which its
   * count lies. Each has to be a state that the log was in; otherwise a file that lies would make any count a true one.
   */
  readonly counted?: readonly LetterState[] | undefined;
  /** Its published openings, each as it came out of JSON. */
  readonly openings: Iterable<unknown> | AsyncIterable<unknown>;
  /** Lets go of openings that are still to come, where they are not compared. */
  readonly close?: (() => Promise<void>) | undefined;
  /** Gives the bytes of a revision's manifest, nothing if there is none; where they are to be checked too. */
  readonly manifest?: ((revision: number) => Promise<Uint8Array | undefined>) | undefined;
  /** Its lists of names, where these are to be checked too: each name has to be among the openings. */
  readonly lists?: ShownLists | undefined;
  /** The text on its page, where that is to be checked too. */
  readonly text?: ShownText | undefined;
}

/**
 * Compares one letter: its openings and its count. Its lists of names are compared by what is returned (check-lists.ts).
 * @param letter its id, in base64url
 * @param history what the log holds of it
 * @param shown what the site shows of it; nothing if the site does not know it, which is no fault of a letter without
 *   active signatures
 */
export async function checkDisclosure(
  sha256: Sha256,
  checks: Report<"openings" | "disclosure" | "counts">,
  letter: string,
  history: LetterHistory,
  shown: ShownLetter | undefined,
): Promise<OpenedNames | undefined> {
  if (!shown) {
    if (history.active > 0) checks.report("disclosure", problem("letter-not-shown", { letter }));
    return undefined;
  }
  const { signatures } = history;
  const names = new OpenedNames(sha256, signatures, shown.size);
  for await (const value of shown.openings) {
    const opening = parseOpening(value);
    if ("problem" in opening) {
      checks.report("openings", problem(opening.problem, { letter }));
      continue;
    }
    const { s, index } = opening;
    const found = (code: FindingCode): Problem<FindingCode> => problem(code, { letter, s, index });
    const row = signatures.find(s);
    if (row === undefined || signatures.index(row) >= shown.size) {
      checks.report("disclosure", found("name-without-entry"));
      continue;
    }
    if (names.has(row)) checks.report("openings", found("opening-twice"));
    names.open(row, opening);
    if (!signatures.isActive(row, shown.size)) checks.report("openings", found("opening-of-withdrawn"));
    else if (signatures.isErased(row, shown.size)) checks.report("openings", found("opening-of-erased"));
    if (signatures.index(row) !== index) checks.report("openings", found("opening-index-differs"));
    if (!isOpeningOf(sha256, letter, history, row, opening))
      checks.report("openings", found("opening-differs"));
  }
  for (const [s, row] of signatures.all()) {
    if (!signatures.isActive(row, shown.size)) continue;
    if (names.has(row) || signatures.isErased(row, shown.size)) continue;
    const index = signatures.index(row);
    checks.report("disclosure", problem("signature-without-opening", { letter, s, index }));
  }
  for (const { size, count } of [shown, ...(shown.counted?.slice(0, -1) ?? [])]) {
    const logged = signatures.countActive(size);
    if (count !== logged) checks.report("counts", problem("count-differs", { letter, shown: count, logged }));
  }
  return names;
}

/**
 * Takes the openings of signatures that were newer than those read first. Of the others all was said.
 * @param shown the letter as it is now, of no more of the log than was read
 */
export async function openNewer(
  sha256: Sha256,
  checks: Report<"openings">,
  letter: string,
  history: LetterHistory,
  names: OpenedNames,
  shown: ShownLetter,
): Promise<void> {
  const { signatures } = history;
  const known = names.size;
  for await (const value of shown.openings) {
    const opening = parseOpening(value);
    if ("problem" in opening || opening.index < known || opening.index >= shown.size) continue;
    const row = signatures.at(opening.index);
    if (row === undefined || names.has(row)) continue;
    names.open(row, opening);
    if (!isOpeningOf(sha256, letter, history, row, opening))
      checks.report("openings", problem("opening-differs", { letter, s: opening.s, index: opening.index }));
  }
  names.size = Math.max(known, shown.size);
}

function isOpeningOf(
  sha256: Sha256,
  letter: string,
  { signatures }: LetterHistory,
  row: number,
  opening: Opening,
): boolean {
  const commitment = openingCommitment(sha256, decodeBase64url(letter)!, opening);
  return equalBytes(commitment, signatures.commitment(row));
}

/** Compares the manifests that a site serves with the hashes that signatures are bound to. */
export async function checkManifests(
  sha256: Sha256,
  checks: Report<"revisions">,
  letter: string,
  { revisions }: LetterHistory,
  read: (revision: number) => Promise<Uint8Array | undefined>,
): Promise<void> {
  for (const { number, hash } of revisions) {
    const bytes = await read(number);
    const found = (code: FindingCode) =>
      checks.report("revisions", problem(code, { letter, revision: number }));
    if (!bytes) found("manifest-missing");
    else if (encodeBase64url(sha256(bytes)) !== hash) found("manifest-differs");
    else if (!isManifestOf(letter, number, bytes)) found("manifest-invalid");
  }
}

function isManifestOf(letter: string, revision: number, bytes: Uint8Array): boolean {
  const manifest = parseManifest(bytes);
  return !("problem" in manifest) && manifest.letter === letter && manifest.revision === revision;
}
