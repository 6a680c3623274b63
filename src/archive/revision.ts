/** One frozen version of a letter's text, as it was signed. */
import type { Database } from "../database/open.ts";
import { type Correction, listCorrections } from "../letters/correct-letter.ts";
import { findLetterBySlug } from "../letters/find-letter.ts";
import type { Entry } from "./entry.ts";
import { loadEntries } from "./entry-store.ts";
import { countsByRevision, loadRevisions, loadTexts, type Revision, type Text } from "./letter-store.ts";

export type { Revision };

export interface RevisionWithText {
  /** The letter as it is now, in the language of the text that is shown. */
  readonly letter: Entry;
  readonly revision: Revision;
  /** The number of the latest revision. */
  readonly latest: number;
  /** All texts of this revision, the original first. */
  readonly texts: readonly Text[];
  /** The text to show; its body is null where the text is not held. */
  readonly text: Text;
  /** The one before it in the same language, where there is one. */
  readonly before: Text | undefined;
  /** What was corrected by it. */
  readonly corrections: readonly Correction[];
  /** How many signatures are under this one. */
  readonly signed: number;
}

/**
 * A revision of a letter by the letter's present slug.
 * @param language the reader's language
 * @param textLanguage the language of the text that was asked for, where it is another
 */
export async function findRevision(
  db: Database,
  slug: string,
  number: number,
  language: string,
  textLanguage?: string,
): Promise<RevisionWithText | undefined> {
  const at = await findLetterBySlug(db, slug);
  if (!at || "movedTo" in at) return undefined;
  const revisions = await loadRevisions(db, at.id);
  const revision = revisions[number - 1];
  if (!revision) return undefined;
  const [[letter], texts, textsBefore, later, corrections] = await Promise.all([
    loadEntries(db, [at.id], language),
    loadTexts(db, at.id, number),
    number > 1 ? loadTexts(db, at.id, number - 1) : [],
    countsByRevision(db, at.id),
    listCorrections(db, at.id),
  ]);
  const text =
    texts.find((one) => one.language === textLanguage) ??
    texts.find((one) => one.language === language) ??
    texts[0];
  if (!letter || !text) throw new Error(`revision ${number} of letter ${at.id} has no text`);
  const total = letter.people + letter.organisations;
  const after = later.reduce((sum, { signed }) => sum + signed, 0);
  const signed = number === 1 ? total - after : later.find((one) => one.revision === number)?.signed;
  return {
    letter,
    revision,
    latest: revisions.length,
    texts,
    text,
    before: textsBefore.find(({ language }) => language === text.language),
    corrections: corrections.filter((one) => one.revision === number),
    signed: signed ?? 0,
  };
}
