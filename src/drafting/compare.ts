/** What changed between two documents: texts by language and field, and what else is known of the letter. Pure. */
import { differenceOf, type Piece } from "./difference.ts";
import type { DraftDocument, DraftText } from "./document.ts";

export const textFields = ["title", "summary", "body"] as const;
export type TextField = (typeof textFields)[number];

/** What is said of a letter besides its texts. */
export const factNames = [
  "kind",
  "publisherRole",
  "date",
  "addressees",
  "initiators",
  "topics",
  "places",
  "measure",
  "stance",
] as const satisfies readonly (keyof DraftDocument)[];
export type FactName = (typeof factNames)[number];

export interface TextDifference {
  readonly language: string;
  readonly field: TextField;
  readonly pieces: readonly Piece[];
}

export interface Comparison {
  /** By language, the later document's original first; only what differs. */
  readonly texts: readonly TextDifference[];
  readonly facts: readonly FactName[];
}

/** @param before the earlier @param after the later */
export function compareDocuments(before: DraftDocument, after: DraftDocument): Comparison {
  const languages = [...new Set([after.language, ...Object.keys(after.texts), ...Object.keys(before.texts)])];
  return {
    texts: languages.flatMap((language) =>
      compareTexts(before.texts[language], after.texts[language], language),
    ),
    facts: factNames.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])),
  };
}

/** Two texts in one language, by field; only what differs. One that is not there counts as empty. */
export function compareTexts(
  before: Partial<DraftText> | undefined,
  after: Partial<DraftText> | undefined,
  language: string,
): TextDifference[] {
  return textFields
    .map((field) => ({ field, old: before?.[field] ?? "", now: after?.[field] ?? "" }))
    .filter(({ old, now }) => old !== now)
    .map(({ field, old, now }) => ({ language, field, pieces: differenceOf(old, now, language) }));
}
