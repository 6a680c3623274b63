/** The verifier's results for a terminal: a line for each check and for each finding. Pure; plain text. */

import { printable } from "../foundation/printable.ts";
import { encodeBase64 } from "../transparency/bytes.ts";
import type { Checkpoint } from "../transparency/checkpoint.ts";
import type { Check, Finding } from "../transparency/checks.ts";
import type { Standing } from "../transparency/standing.ts";
import { formatVerifierKey, type VerifierKey } from "../transparency/verifier-key.ts";
import type { ReceiptResult } from "./compare-receipt.ts";
import { findingWords, receiptQuestions } from "./finding-words.ts";

/** Names for what findings only number. */
export interface Names {
  /** A letter's slug, by its id, where it is known. */
  letter(id: string): string | undefined;
  /** Where a checkpoint seen before came from. */
  seen(number: number): string | undefined;
  /** In a mirror: the file that holds a letter's names, by its id. */
  namesFile?(letter: string): string | undefined;
}

/** A line of the report. */
export interface Line {
  readonly failed: boolean;
  readonly text: string;
}

const outcomes = { passed: "passed ", failed: "FAILED ", "not-run": "not run", noted: "note   " } as const;
const widest = "consistency".length;

/** A line as all of them are: how it went, the check, and what is said of it. */
export function line(outcome: keyof typeof outcomes, check: string, words: string): Line {
  return { failed: outcome === "failed", text: `${outcomes[outcome]}  ${check.padEnd(widest)}  ${words}` };
}

/** @param questions what each check asks */
export function describeChecks<Name extends string>(
  checks: readonly Check<Name>[],
  questions: Readonly<Record<Name, string>>,
  names: Names,
): Line[] {
  return checks.flatMap(({ name, outcome, findings, count }) => {
    if (outcome !== "failed") return [line(outcome, name, questions[name])];
    const rest = count - findings.length;
    return [
      ...findings.map((finding) => line("failed", name, describeFinding(finding, names))),
      ...(rest > 0 ? [line("failed", name, `and ${rest} more of this check`)] : []),
    ];
  });
}

/** Place and meaning: "entry 12, letter save-the-river, signature 3: the name shown is not the one that was signed". */
export function describeFinding({ problem, detail = {} }: Finding, names: Names): string {
  const file = problem === "shown-behind" ? names.namesFile?.(String(detail.letter)) : undefined;
  if (file) return `${file}: ${olderFile(Number(detail.shown), Number(detail.logged))}`;
  const words = findingWords[problem]((name) => printable(String(detail[name] ?? "?")));
  const { path, index, letter, s, revision, seen } = detail;
  const places = [
    path !== undefined && `log/${path}`,
    problem === "seen-invalid" && names.seen(Number(seen)),
    index !== undefined && problem !== "inclusion-fails" && `entry ${index}`,
    letter !== undefined && `letter ${names.letter(String(letter)) ?? letter}`,
    s !== undefined && `number ${s} of the letter`,
    revision !== undefined && `revision ${revision}`,
  ].filter((place) => typeof place === "string");
  return places.length > 0 ? `${printable(places.join(", "))}: ${words}` : words;
}

/** Of a file of a mirror. */
function olderFile(size: number, due: number): string {
  return `this file stayed behind: it is of the log's first ${size} entries, and had to be of ${due}`;
}

/** Whether list and log of a mirror are of one run. */
export function describeRun(listed: number | undefined, size: number): Line[] {
  if (listed === undefined || listed === size) return [];
  const older = listed < size ? "letters.json" : "log/checkpoint";
  const words = olderFile(Math.min(listed, size), Math.max(listed, size));
  return [line("failed", "disclosure", `${older}: ${words}`)];
}

/** Letters named in a line at most. */
const mostNamed = 5;

/** Letters of which a part was not compared, because there was none, by their slugs. */
export interface Uncompared {
  readonly textless: ReadonlySet<string>;
  readonly listless: ReadonlySet<string>;
}

/**
 * What is not said of letters, because there was nothing to compare.
 * @param live whether a site was read, and not a mirror, which may be of before texts were kept, and keeps no lists
 */
export function describeUncompared({ textless, listless }: Uncompared, live: boolean): Line[] {
  const texts = live
    ? "the site gives no text of"
    : "no text is kept here, but undersigned mirror fetches it, of";
  const lists = "every name listed is one that signed";
  const unlisted = live
    ? [named(listless, "openings", `${lists}: the site gives no lists of`)]
    : [line("not-run", "openings", `${lists}: a mirror keeps none; undersigned mirror compares them`)];
  return [
    ...(textless.size > 0
      ? [named(textless, "revisions", `the text shown is the one in the log: ${texts}`)]
      : []),
    ...(listless.size > 0 ? unlisted : []),
  ];
}

function named(slugs: ReadonlySet<string>, check: string, words: string): Line {
  const more = slugs.size - mostNamed;
  const first = `${[...slugs].slice(0, mostNamed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return line("not-run", check, `${words} ${first}`);
}

const standings: Readonly<Record<Standing, Line>> = {
  stands: line("passed", "standing", "the signature stands"),
  withdrawn: line("noted", "standing", "the signature was withdrawn later: it does not count any more"),
  erased: line(
    "noted",
    "standing",
    "the name was erased later: the signature counts, the name is not shown any more",
  ),
  missing: line("failed", "standing", "the log has no such signature at this place"),
};

/** A receipt: what it proves by itself, and what the log says of it now. */
export function describeReceipt(
  { checks, present, standing, cosignedLater }: ReceiptResult,
  names: Names,
): Line[] {
  const now = [
    ...(present ? [line("passed", "present", "the log has this very entry at this place")] : []),
    ...(present === false ? [line("failed", "present", "the log has another entry at this place")] : []),
    ...(standing ? [standings[standing]] : []),
  ];
  const witnesses = `too few had cosigned it, but enough have cosigned the log's first ${cosignedLater} entries, which begin with it`;
  const questions = cosignedLater === undefined ? receiptQuestions : { ...receiptQuestions, witnesses };
  return [{ failed: false, text: "\nThe receipt:" }, ...describeChecks(checks, questions, names), ...now];
}

/** The log that the checks are of. */
export function describeLog(
  source: string,
  key: VerifierKey,
  pinned: boolean,
  checkpoint?: Checkpoint,
): string {
  const warning = [
    "      This key was not pinned: it was taken from the very source that is checked. Compare it with one that you",
    "      have from elsewhere, and give it with --key.",
  ];
  const lines = [
    printable(source),
    `Key   ${printable(formatVerifierKey(key))}`,
    ...(pinned ? [] : warning),
    ...(checkpoint ? [`Size  ${checkpoint.size}`, `Root  ${encodeBase64(checkpoint.root)}`] : []),
  ];
  return `${lines.join("\n")}\n\n`;
}

/** The report, and what it comes to. @param standing of the signature, where a receipt was checked */
export function describeLines(lines: readonly Line[], standing?: Standing): string {
  const failed = lines.filter((each) => each.failed).length;
  const later =
    standing === "withdrawn" || standing === "erased" ? `; the signature was ${standing} later` : "";
  const end = failed === 0 ? `All of this holds${later}.` : `Not all of this holds: ${failed} FAILED.`;
  return `${lines.map(({ text }) => text).join("\n")}\n\n${end}\n`;
}
