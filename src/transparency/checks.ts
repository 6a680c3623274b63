/**
 * What a verifier says: named checks, each passed, failed or not run, with findings that say what broke and where.
 * Names and codes are for programs; doors turn them into words.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { countWitnesses, logProblem, type ReadCheckpoint, type Trust } from "./checkpoint.ts";

/** The checks of a whole log, in the order of the verifier's list in docs/log.md (the number is its item there). */
export const logChecks = [
  "checkpoint", // 1 the log signed it
  "witnesses", // 1 the quorum asked for cosigned it
  "consistency", // 2 with every checkpoint seen before
  "root", // 3 the entries hash to the root
  "tiles", // 3 the served tiles are those of the entries
  "sequence", // 4 entries canonical, s without gaps, n right
  "revisions", // 5 each signature is under the latest revision; nothing signed after the close; manifests and text as logged
  "removals", // 6 targets exist, no second withdrawal, owner secrets match
  "openings", // 7 every opening matches its entry
  "disclosure", // 8 no signature without its name, no name without its signature
  "counts", // 9 the count shown is the log's
] as const;
export type LogCheckName = (typeof logChecks)[number];

/** The checks of a receipt. */
export const receiptChecks = [
  "receipt", // the file is a receipt
  "entry", // its entry is a signature's, in canonical form
  "checkpoint", // the log signed the checkpoint
  "witnesses", // the quorum asked for cosigned it
  "inclusion", // the entry is in the tree that the checkpoint names
  "manifest", // the revision signed is this one
  "commitment", // the entry commits to this name, affiliation and address
  "owner", // the owner secret is the one that the entry waits for
] as const;
export type ReceiptCheckName = (typeof receiptChecks)[number];

/** The checks of a receipt against the log as it is now. */
export const presentChecks = [
  "present", // the log signed the checkpoint that it shows now
  "grown", // its tree begins with the receipt's
  "place", // it holds the entry where the receipt says
  "standing", // it was read on from there, so that a withdrawal or an erasure would have been met
] as const;
export type PresentCheckName = (typeof presentChecks)[number];

/** Every code that a finding can have. Detail names the place: path, index, letter, s, and what was expected. */
export const findingCodes = [
  ...[
    "note-invalid",
    "checkpoint-invalid",
    "origin-differs",
    "log-signature-missing",
    "log-signature-invalid",
  ],
  ...["witness-signature-invalid", "quorum-missed"],
  ...["seen-invalid", "log-shrank", "history-rewritten"],
  ...["bundle-missing", "bundle-invalid", "bundle-differs", "root-differs", "tile-missing", "tile-differs"],
  ...[
    "entry-not-json",
    "entry-type-unknown",
    "entry-key-unknown",
    "entry-key-missing",
    "entry-value-invalid",
  ],
  ...["entry-not-canonical", "sequence-gap", "count-wrong"],
  ...["revision-not-rising", "revision-not-latest", "after-close"],
  ...["target-missing", "withdrawn-twice", "owner-differs"],
  ...["opening-invalid", "opening-differs", "opening-index-differs", "opening-twice"],
  ...["opening-of-withdrawn", "opening-of-erased"],
  ...["signature-without-opening", "name-without-entry", "letter-not-shown", "letter-shown-twice"],
  ...["names-missing", "names-repeated", "names-endless"],
  ...["count-differs", "shown-ahead", "shown-behind"],
  ...[
    "receipt-invalid",
    "receipt-version-unknown",
    "entry-not-signature",
    "proof-invalid",
    "inclusion-fails",
  ],
  ...["manifest-missing", "manifest-invalid", "manifest-differs", "commitment-differs"],
  ...["text-differs", "text-behind"],
] as const;
export type FindingCode = (typeof findingCodes)[number];
export type Finding = Problem<FindingCode>;

/** One check's result. */
export interface Check<Name extends string = string> {
  readonly name: Name;
  /** "not-run" where there was nothing to check, or where an earlier failure left nothing to check with. */
  readonly outcome: "passed" | "failed" | "not-run";
  /** The first findings; `count` is how many there were. */
  readonly findings: readonly Finding[];
  readonly count: number;
}

/** Where results are noted. */
export interface Report<Name extends string> {
  /** Notes that checks were run to their end. */
  ran(...names: readonly Name[]): void;
  /** Notes a finding: the check has failed. */
  report(name: Name, finding: Finding): void;
}

/** How many findings a check keeps: enough to see a pattern, few enough for a log that is wrong everywhere. */
const mostFindings = 20;

/** Gathers the results of named checks. */
export class Checks<Name extends string> implements Report<Name> {
  readonly #names: readonly Name[];
  readonly #ran = new Set<Name>();
  readonly #findings = new Map<Name, Finding[]>();
  readonly #counts = new Map<Name, number>();

  constructor(names: readonly Name[]) {
    this.#names = names;
  }

  ran(...names: readonly Name[]): void {
    for (const name of names) this.#ran.add(name);
  }

  report(name: Name, finding: Finding): void {
    const count = this.#counts.get(name) ?? 0;
    if (count === 0) this.#findings.set(name, []);
    if (count < mostFindings) this.#findings.get(name)!.push(finding);
    this.#counts.set(name, count + 1);
  }

  /** All results, in the order of the names. */
  results(): Check<Name>[] {
    return this.#names.map((name) => ({
      name,
      outcome: this.#counts.has(name) ? "failed" : this.#ran.has(name) ? "passed" : "not-run",
      findings: this.#findings.get(name) ?? [],
      count: this.#counts.get(name) ?? 0,
    }));
  }
}

/** The checks "checkpoint" and "witnesses": the log signed, and the witness quorum asked for. */
export function checkSigners(
  checks: Report<"checkpoint" | "witnesses">,
  read: ReadCheckpoint,
  trust: Trust,
): void {
  checks.ran("checkpoint");
  const refused = logProblem(read, trust);
  if (refused) checks.report("checkpoint", refused);
  if (trust.witnesses.length === 0 && trust.quorum === 0) return;
  checks.ran("witnesses");
  for (const { key, valid } of read.witnesses)
    if (!valid) checks.report("witnesses", problem("witness-signature-invalid", { name: key.name }));
  const count = countWitnesses(read, trust);
  if (count < trust.quorum)
    checks.report("witnesses", problem("quorum-missed", { count, quorum: trust.quorum }));
}
