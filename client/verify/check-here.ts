/** Runs the checks in this browser. */
import { checkReceipt } from "../../src/transparency/check-receipt.ts";
import { checkCosigners } from "../../src/transparency/cosigners.ts";
import type { ShownLetter } from "../../src/transparency/disclosure.ts";
import { verifyEd25519 } from "../../src/transparency/ed25519.ts";
import { sha256 } from "../../src/transparency/sha256.ts";
import { readShownLetter } from "../../src/transparency/shown-letter.ts";
import { type VerifyOptions, verifyLog } from "../../src/transparency/verify.ts";
import type { AskedWitnesses } from "../../src/web/verify/asked.ts";
import { letterResult } from "../../src/web/verify/letter-result.ts";
import type { ProblemCode } from "../../src/web/verify/problems.ts";
import { receiptResult } from "../../src/web/verify/receipt-result.ts";
import type { Result } from "../../src/web/verify/result-parts.ts";
import { remember, remembered } from "./memory.ts";
import type { VerifyPage } from "./page.ts";
import type { Work } from "./show.ts";
import { letterFiles, readLetter, siteLog, Unreachable } from "./site.ts";

/** A receipt's text. It goes nowhere; what its checks need of the log is fetched. */
export async function checkReceiptHere(
  { spoken, trust, link, origin, key }: VerifyPage,
  text: string,
  asked: AskedWitnesses | undefined,
  { signal, progress }: Work,
): Promise<Result> {
  const checked = await checkReceipt(sha256, verifyEd25519, text, { ...trust, ...asked }, siteLog(signal), {
    onRead: (done, of) => progress(done, of, "far"),
  });
  const { broke } = checked;
  const unread = broke instanceof Unreachable ? broke.reason : signal.aborted ? "stopped" : undefined;
  if (broke && !unread) throw broke;
  const when = new Date();
  return receiptResult(spoken, checked, { where: "browser", when, link, origin, key, unread, asked });
}

/** A letter by its slug: the whole log is read, and this letter compared with it. */
export async function checkLetterHere(
  { spoken, trust: usual, link }: VerifyPage,
  slug: string,
  asked: AskedWitnesses | undefined,
  work: Work,
): Promise<Result | ProblemCode> {
  const { signal, progress } = work;
  const trust = { ...usual, ...asked };
  const letter = await readLetter(slug, signal);
  if (!letter) return "letter-unknown";
  const { id, title } = letter;
  const seen = remembered(trust.log.name);
  const onRead = (done: number, of: number) => progress(done, of, "far");
  const onListed = (done: number, of: number) => progress(done, of, "listed");
  const options: VerifyOptions = { trust, only: [id], onRead, onListed, ...(seen && { seen: [seen] }) };
  const letters = {
    all: async () => [id],
    async find(_: string, size: number) {
      const shown = await readShownLetter(id, letterFiles(letter.slug, signal), size);
      return shown && { ...shown, openings: inSlices(shown.openings, shown.count, work) };
    },
  };
  const source = { ...siteLog(signal), letters };
  const verification = await verifyLog(sha256, verifyEd25519, source, options);
  const { checks, note } = verification;
  // What did not hold is no measure for the next check.
  if (note && !checks.some(({ outcome }) => outcome === "failed")) remember(trust.log.name, note);
  const { cosigners } = await checkCosigners(note, trust, verifyEd25519);
  const checked = { id, slug: letter.slug, title, verification, cosigners, when: new Date() };
  return letterResult(spoken, checked, { where: "browser", link, asked });
}

/** How many names are compared before the page may draw, and hear its reader. */
const slice = 250;

/** The names of a letter, of which there may be a million. */
async function* inSlices(
  openings: ShownLetter["openings"],
  count: number,
  { signal, progress }: Work,
): AsyncGenerator<unknown> {
  let done = 0;
  for await (const opening of openings) {
    if (done % slice === 0) {
      progress(done, count, "names");
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
    done++;
    yield opening;
  }
}
