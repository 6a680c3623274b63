/** The text that a site shows of a letter, held against the log: what readers see are the words that were signed. */
import { problem } from "../foundation/problem.ts";
import { decodeBase64url, encodeBase64url } from "./bytes.ts";
import type { Report } from "./checks.ts";
import type { LetterHistory } from "./letter-history.ts";
import { manifestHash, manifestOf, type TitleAndBody } from "./manifest.ts";
import type { Sha256 } from "./sha256.ts";

/** The text as it stands on the letter's page. */
export interface ShownText {
  /** The number of its revision, as the site says. */
  readonly revision: number;
  /** Title and body by language; an empty body where it is not held. */
  readonly texts: Readonly<Record<string, TitleAndBody>>;
}

/**
 * The text in a letter's JSON (docs/api.md). What is none is a text that no log has: revision 0, in no language; so is one
 * that stands there twice in one language, for nobody could say which of them is read.
 */
export function readShownText(letter: unknown): ShownText {
  const { revision, texts } = (letter ?? {}) as { revision?: { number?: unknown }; texts?: unknown };
  const number = revision?.number;
  if (typeof number !== "number" || !Array.isArray(texts)) return { revision: 0, texts: {} };
  const read = texts.map((one: unknown): [string, TitleAndBody] => {
    const { language, title, body } = (one ?? {}) as Record<string, unknown>;
    return [String(language), { title: String(title), body: body === null ? "" : String(body) }];
  });
  const byLanguage = new Map(read);
  if (byLanguage.size < read.length) return { revision: 0, texts: {} };
  return { revision: number, texts: Object.fromEntries(byLanguage) };
}

/**
 * Whether the text shown may be one that the log has yet to number: then more of it is to be read before they are compared.
 * For a moment that is so of every new revision; for longer only of words that were never logged.
 */
export function isTextAhead({ revisions }: LetterHistory, { revision }: ShownText): boolean {
  return revision > (revisions.at(-1)?.number ?? 0);
}

/** Whether the text shown is one that another had followed when the log had this size. */
export function isTextBehind(history: LetterHistory, { revision }: ShownText, size: number): boolean {
  return history.revisions.some(({ number }) => number === revision) && revision < latestAt(history, size);
}

/** The number of the text that was the latest when the log had this size; 0 if there was none. */
function latestAt({ revisions }: LetterHistory, size: number): number {
  return revisions.filter(({ index }) => index < size).at(-1)?.number ?? 0;
}

/**
 * Compares the text shown with the manifest that signatures are bound to.
 * @param letter its id, in base64url
 * @param least how much of the log the page had to show
 */
export function checkText(
  sha256: Sha256,
  checks: Report<"revisions">,
  letter: string,
  history: LetterHistory,
  shown: ShownText,
  least: number,
): void {
  const { revision, texts } = shown;
  const logged = history.revisions.find(({ number }) => number === revision);
  if (!logged || logged.hash !== hashOf(sha256, letter, revision, texts))
    checks.report("revisions", problem("text-differs", { letter, revision }));
  else if (isTextBehind(history, shown, least))
    checks.report(
      "revisions",
      problem("text-behind", { letter, revision, logged: latestAt(history, least) }),
    );
}

/** The hash of the manifest that a text has; nothing where it can have none. */
function hashOf(
  sha256: Sha256,
  letter: string,
  revision: number,
  texts: ShownText["texts"],
): string | undefined {
  try {
    return encodeBase64url(
      manifestHash(sha256, manifestOf(sha256, decodeBase64url(letter)!, revision, texts)),
    );
  } catch {
    return undefined;
  }
}
