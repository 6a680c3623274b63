/** From a document to a letter: what of it becomes public, and what is missing yet. Pure. */
import { type PartialDate, parsePartialDate } from "../foundation/partial-date.ts";
import type { LetterFacts, LetterInput, ReportedSignatories, TextInput } from "../letters/record-letter.ts";
import { type DraftDocument, originalOf } from "./document.ts";

/** How a letter is to become public. */
export interface PublicationPlan {
  /** Readers sign it here; otherwise it was signed elsewhere, or by those invited only, and is recorded without ever opening. */
  readonly opens: boolean;
  /** The last day for signing (UTC), yyyy-mm-dd. */
  readonly closesOn: string | null;
  /** Its address; made from the title where null. */
  readonly slug: string | null;
}

/** What nobody has decided yet. */
export const firstPlan: PublicationPlan = { opens: true, closesOn: null, slug: null };

/**
 * Why a document cannot be published as it is: it has no title, no text, a translation without title or text; a letter
 * from elsewhere without a date, or with a count without words for it; or its last day for signing lies behind.
 */
export type Missing = "title" | "text" | "translation" | "date" | "reported" | "closing";

/**
 * The letter that a document becomes; one that does not open is taken to be from elsewhere.
 * @param today the day of publication, which is the letter's date where it has none of its own
 */
export function letterInputOf(
  document: DraftDocument,
  plan: PublicationPlan,
  today: Required<PartialDate>,
): LetterInput | { readonly missing: readonly Missing[] } {
  const missing = missingIn(document, plan, today);
  if (missing.length > 0) return { missing };
  return {
    ...(plan.slug !== null && { slug: plan.slug }),
    ...factsOf(document, today),
    ...(plan.opens ? { namedSignatories: [] } : reportedOf(document)),
    state: plan.opens ? "open" : "archived",
    ...(plan.closesOn !== null && { closesOn: plan.closesOn }),
    translations: textsOf(document),
  };
}

function missingIn(document: DraftDocument, plan: PublicationPlan, today: Required<PartialDate>): Missing[] {
  const original = originalOf(document);
  const others = textsOf(document).filter(({ language }) => language !== document.language);
  const hasBody = original.body.trim() !== "";
  const checks: readonly [Missing, boolean][] = [
    ["title", original.title.trim() === ""],
    // The text of a letter from elsewhere need not be held; then its summary stands in its place.
    ["text", !hasBody && (plan.opens || original.summary.trim() === "")],
    ["translation", others.some(({ title, body }) => title === "" || (hasBody && body === undefined))],
    ["date", document.date === "" && !plan.opens],
    ["reported", !plan.opens && document.reportedCount?.description.trim() === ""],
    ["closing", plan.closesOn !== null && plan.closesOn < isoDay(today)],
  ];
  return checks.filter(([, is]) => is).map(([name]) => name);
}

/** What is known of the letter beside its text. Empty lines and what stands twice are left out. */
export function factsOf(document: DraftDocument, today: Required<PartialDate>): LetterFacts {
  const { kind, publisherRole, language, measure, stance } = document;
  return {
    kind,
    ...(publisherRole && { publisherRole }),
    date: parsePartialDate(document.date) ?? today,
    language,
    ...(measure && measure.name.trim() !== "" && { measure: { ...measure, name: measure.name.trim() } }),
    ...(stance && { stance }),
    topics: Array.from(new Set(document.topics)),
    places: Array.from(new Set(document.places)),
    addressees: document.addressees
      .map(({ name, type }) => ({ name: name.trim(), type }))
      .filter(({ name }) => name !== ""),
    initiators: document.initiators.map((name) => name.trim()).filter((name) => name !== ""),
  };
}

/** Who is reported to have signed elsewhere. */
export function reportedOf({ namedSignatories, reportedCount }: DraftDocument): ReportedSignatories {
  return {
    namedSignatories: namedSignatories
      .map(({ name, kind }) => ({ name: name.trim(), kind }))
      .filter(({ name }) => name !== ""),
    ...(reportedCount && {
      reportedCount: {
        kind: reportedCount.kind,
        ...(reportedCount.count !== null && {
          count: reportedCount.count,
          qualifier: reportedCount.qualifier ?? "exactly",
        }),
        description: reportedCount.description.trim(),
      },
    }),
  };
}

/** The texts in all languages in which anything is written. A body is absent where no text is held. */
export function textsOf(document: DraftDocument): TextInput[] {
  return Object.entries(document.texts)
    .map(([language, { title, summary, body }]) => ({
      language,
      title: title.trim(),
      summary: summary.trim(),
      ...(body.trim() !== "" && { body }),
    }))
    .filter(
      ({ language, title, summary, body }) =>
        language === document.language || title !== "" || summary !== "" || body !== undefined,
    );
}

/** The day of an instant in UTC. */
export function dayOf(at: Date): Required<PartialDate> {
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

function isoDay({ year, month, day }: Required<PartialDate>): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
