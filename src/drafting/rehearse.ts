import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { isProblem, type Problem, problem } from "../foundation/problem.ts";
import { writeForShow } from "../letters/record-letter.ts";
import { type CorrectRefusal, writeCorrection } from "./correct.ts";
import type { DraftDocument } from "./document.ts";
import { findPublished } from "./open-draft.ts";
import { dayOf, factsOf, type PublicationPlan, reportedOf, textsOf } from "./publish-input.ts";

const curtain = new Error("a rehearsal is over");

/**
 * Writes a document as a public letter, lets somebody look, and takes all of it back: what a preview shows is what readers
 * would be given, since the same commands and queries make it. Nobody else can see the letter meanwhile, and nobody waits
 * for the look.
 * @param untitled stands for a title that is not written yet
 * @param look is given the transaction, the slug by which the letter is found in it, and the one that it would have
 */
export function rehearsePublication<Result>(
  db: Database,
  clock: Clock,
  document: DraftDocument,
  plan: PublicationPlan,
  untitled: string,
  look: (trx: Transaction, slug: string, wouldBe: string) => Promise<Result>,
): Promise<Result> {
  return rehearse(db, async (trx) => {
    const { slug, wouldBe } = await writeForShow(trx, clock, {
      ...factsOf(document, dayOf(clock())),
      ...(plan.opens ? { namedSignatories: [] } : reportedOf(document)),
      ...(plan.closesOn !== null && { closesOn: plan.closesOn }),
      ...(plan.slug !== null && { slug: plan.slug }),
      state: plan.opens ? "open" : "archived",
      translations: writtenTexts(document, plan, untitled),
    });
    return look(trx, slug, wouldBe);
  });
}

/**
 * The same for a public letter: what its page will be once a document's changes are published. Those who sign it wait
 * until the look is over.
 * @param by whoever would publish them, an account
 * @returns why they cannot be published, where they cannot; then there is nothing to see but the page as it is
 */
export function rehearseCorrection<Result>(
  db: Database,
  clock: Clock,
  by: string,
  letterId: string,
  document: DraftDocument,
  look: (trx: Transaction) => Promise<Result>,
): Promise<Result | Problem<CorrectRefusal>> {
  return rehearse(db, async (trx) => {
    const published = await findPublished(trx, letterId);
    if (!published) return problem("letter-unknown");
    const done = await writeCorrection(trx, clock(), by, letterId, { published, document, note: "–" });
    return isProblem(done) ? done : look(trx);
  });
}

/** Does work in a transaction, and takes back whatever it wrote. */
async function rehearse<Result>(db: Database, work: (trx: Transaction) => Promise<Result>): Promise<Result> {
  let seen: { readonly result: Result } | undefined;
  try {
    await inTransaction(db, async (trx) => {
      seen = { result: await work(trx) };
      throw curtain;
    });
  } catch (error) {
    if (error !== curtain) throw error;
  }
  return seen!.result;
}

/** The texts that can be shown: the original always, a translation once it has a title. */
function writtenTexts(document: DraftDocument, plan: PublicationPlan, untitled: string) {
  return textsOf(document)
    .filter(({ language, title }) => language === document.language || title !== "")
    .map((text) => ({
      ...text,
      title: text.title || untitled,
      // A letter that is to open has a text of its own, though nothing may be written of it yet.
      ...(plan.opens && text.body === undefined && { body: "\n" }),
    }));
}
