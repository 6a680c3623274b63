/** The letter's page as readers would be given it, made from a draft. */
import { findCorrected, findLetter, findLetterWithAll, type LetterWithAll } from "../../../archive/letter.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { DraftDocument } from "../../../drafting/document.ts";
import {
  dayOf,
  firstPlan,
  letterInputOf,
  type Missing,
  type PublicationPlan,
} from "../../../drafting/publish-input.ts";
import { type RehearsedPlan, rehearseCorrection, rehearsePublication } from "../../../drafting/rehearse.ts";
import type { Html } from "../../../foundation/html.ts";
import { isOpen } from "../../../signing/letter.ts";
import { letterPage } from "../../archive/letter-page.ts";
import type { Deps, PageContext } from "../../deps.ts";

export interface PreviewOptions {
  /** The path of this preview, without a query: the letter's other languages are shown under it (?text=, ?lang=). */
  readonly path: string;
  /** What stands above the page and says that it is none yet. */
  readonly banner: Html;
  /** How many of those invited have signed this text. */
  readonly signedAhead?: number;
  /** How it is to become public; it opens for signature, unless told otherwise. */
  readonly plan?: RehearsedPlan;
  /** The language of the text that was asked for, where it is another than the page's. */
  readonly textLanguage?: string | undefined;
}

/**
 * A whole document: the real page, with a form that cannot be sent. Send it by privatePage, which lets nobody keep it.
 * Unfinished drafts are shown as far as they are written.
 */
export async function previewLetter(
  deps: Pick<Deps, "db" | "clock">,
  page: PageContext,
  document: DraftDocument,
  options: PreviewOptions,
): Promise<Html> {
  const { path, banner, plan = firstPlan, textLanguage, signedAhead = 0 } = options;
  const letter = await rehearsedLetter(deps, page, document, plan, textLanguage);
  return letterPage(page, letter, plan.opens, { path, banner, signedAhead });
}

/** All that the page of a draft shows, in the page's language. */
export function rehearsedLetter(
  { db, clock }: Pick<Deps, "db" | "clock">,
  page: PageContext,
  document: DraftDocument,
  plan: RehearsedPlan,
  textLanguage: string | undefined,
): Promise<LetterWithAll> {
  const untitled = page.t.text("desk.letter.untitled");
  return rehearsePublication(db, clock, document, plan, untitled, async (trx, slug, wouldBe) => {
    const found = (await findLetterWithAll(trx, slug, page.language, textLanguage))!;
    return { ...found, letter: { ...found.letter, slug: wouldBe } };
  });
}

/**
 * The same of a public letter's draft: its page as it will be once the changes are published, with all who have signed.
 * @returns nothing where there is nothing to publish
 */
export async function previewCorrection(
  deps: Pick<Deps, "db" | "clock">,
  page: PageContext,
  letter: DeskLetter & { readonly slug: string },
  document: DraftDocument,
  { path, banner, textLanguage }: Omit<PreviewOptions, "plan" | "signedAhead">,
): Promise<Html | undefined> {
  const { db, clock } = deps;
  const at = clock();
  const { language } = page;
  const rehearsed = await rehearseCorrection(db, clock, letter, document, (trx, slug) =>
    findLetter(trx, slug, language, textLanguage),
  );
  if (!rehearsed) return undefined;
  const { changes, result } = rehearsed;
  const found = await findCorrected(db, letter.slug, language, { ...changes, as: result!, at });
  return found && letterPage(page, found, isOpen(found.letter, at), { path, banner });
}

/** What keeps a draft from being published. */
export function missingIn(
  deps: Pick<Deps, "clock">,
  document: DraftDocument,
  plan: PublicationPlan = firstPlan,
): readonly Missing[] {
  const input = letterInputOf(document, plan, dayOf(deps.clock()));
  return "missing" in input ? input.missing : [];
}
