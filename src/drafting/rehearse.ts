import type { Database, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { type TextInput, writeForShow } from "../letters/record-letter.ts";
import { type Changes, changesOf, publicForm } from "./correct.ts";
import type { DeskLetter } from "./desk-letter.ts";
import type { DraftDocument } from "./document.ts";
import { findPublished } from "./open-draft.ts";
import { dayOf, factsOf, type PublicationPlan, reportedOf, textsOf } from "./publish-input.ts";

/** How a letter is to become public. */
export interface RehearsedPlan extends PublicationPlan {
  /** Whether somebody's sign-on becomes a signature: then one that does not open is theirs, and not from elsewhere. */
  readonly invited?: boolean;
}

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
  plan: RehearsedPlan,
  untitled: string,
  look: (trx: Transaction, slug: string, wouldBe: string) => Promise<Result>,
): Promise<Result> {
  return rehearse(db, async (trx) => {
    const { slug, wouldBe } = await writeForShow(trx, clock, {
      ...factsOf(document, dayOf(clock())),
      ...(plan.opens ? { namedSignatories: [] } : reportedOf(document)),
      ...(plan.closesOn !== null && { closesOn: plan.closesOn }),
      ...(plan.slug !== null && { slug: plan.slug }),
      state: plan.opens ? "open" : plan.invited ? "invited" : "archived",
      translations: writtenTexts(document, plan, untitled),
    });
    return look(trx, slug, wouldBe);
  });
}

/**
 * The same for a public letter: its texts and facts as they will be once a document's changes are published. They are
 * written as those of a letter of their own, so the public one is held by nobody meanwhile; its names and counts are not
 * among them.
 * @param look is given the transaction, and the slug by which that letter is found in it
 * @returns nothing where there is nothing to publish, or it cannot be published
 */
export function rehearseCorrection<Result>(
  db: Database,
  clock: Clock,
  { id, stage }: Pick<DeskLetter, "id" | "stage">,
  document: DraftDocument,
  look: (trx: Transaction, slug: string) => Promise<Result>,
): Promise<{ readonly changes: Changes; readonly result: Result } | undefined> {
  return rehearse(db, async (trx) => {
    const published = await findPublished(trx, id);
    if (!published) return undefined;
    const { facts, texts } = publicForm(published, document);
    const { words, changed } = changesOf(published, document);
    // The text of a closed letter stays.
    const changes = { words: words && stage !== "closed", changed };
    if (!changes.words && changed.length === 0) return undefined;
    if (changes.words && !canBeSigned(texts, published.language)) return undefined;
    const { slug } = await writeForShow(trx, clock, {
      ...facts,
      namedSignatories: [],
      state: "archived",
      translations: changes.words ? texts : withSummaries(published, texts),
    });
    return { changes, result: await look(trx, slug) };
  });
}

/** Whether texts can be a revision: the original is among them, and each has a title. */
function canBeSigned(texts: readonly TextInput[], original: string): boolean {
  return texts.some(({ language }) => language === original) && texts.every(({ title }) => title !== "");
}

/** The public texts as they are, with other summaries. */
function withSummaries(published: DraftDocument, texts: readonly TextInput[]): TextInput[] {
  return textsOf(published).map((text) => {
    const other = texts.find(({ language }) => language === text.language);
    return other ? { ...text, summary: other.summary } : text;
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
