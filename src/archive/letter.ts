/** One letter with all that its page shows. */
import type { Database } from "../database/open.ts";
import { findLetterBySlug } from "../letters/find-letter.ts";
import type { Entry } from "./entry.ts";
import { type Signatories, signatoriesOf } from "./signatories.ts";
import { idsBeside, idsLike, loadEntries, loadTexts, type Text } from "./store.ts";

export interface Letter extends Entry {
  /** All texts, the original first. */
  readonly texts: readonly Text[];
  /** The text to show; its body is null where the text is not held. */
  readonly text: Text;
}

/** Letters near this one. */
export interface Neighbours {
  readonly newer?: Entry;
  readonly older?: Entry;
  /** Letters with the same topics. */
  readonly alike: readonly Entry[];
}

export interface LetterWithAll {
  readonly letter: Letter;
  readonly signatories: Signatories;
  readonly neighbours: Neighbours;
}

/**
 * A letter by its present slug.
 * @param language the reader's language
 * @param textLanguage the language of the text that was asked for, where it is another
 */
export async function findLetter(
  db: Database,
  slug: string,
  language: string,
  textLanguage?: string,
): Promise<Letter | undefined> {
  const at = await findLetterBySlug(db, slug);
  if (!at || "movedTo" in at) return undefined;
  const [[entry], texts] = await Promise.all([loadEntries(db, [at.id], language), loadTexts(db, at.id)]);
  if (!entry) throw new Error(`letter ${at.id} has no text`);
  const text =
    texts.find((one) => one.language === textLanguage) ??
    texts.find((one) => one.language === entry.language)!;
  return { ...entry, language: text.language, title: text.title, summary: text.summary, texts, text };
}

/** A letter by its present slug with its first signatories and its neighbours. Costs the same however many have signed. */
export async function findLetterWithAll(
  db: Database,
  slug: string,
  language: string,
  textLanguage?: string,
): Promise<LetterWithAll | undefined> {
  const letter = await findLetter(db, slug, language, textLanguage);
  if (!letter) return undefined;
  const [signatories, neighbours] = await Promise.all([
    signatoriesOf(db, letter),
    neighboursOf(db, letter, language),
  ]);
  return { letter, signatories, neighbours };
}

async function neighboursOf(db: Database, letter: Letter, language: string): Promise<Neighbours> {
  const [beside, like] = await Promise.all([
    idsBeside(db, letter.id),
    // Two more than are shown: those beside it are not shown twice.
    letter.topics.length > 0 ? idsLike(db, letter.id, letter.topics, 6) : [],
  ]);
  const ids = [beside.newer, beside.older, ...like].filter((id) => id !== null);
  const entries = new Map((await loadEntries(db, [...new Set(ids)], language)).map((one) => [one.id, one]));
  const newer = beside.newer ? entries.get(beside.newer) : undefined;
  const older = beside.older ? entries.get(beside.older) : undefined;
  return {
    ...(newer && { newer }),
    ...(older && { older }),
    alike: like
      .filter((id) => id !== beside.newer && id !== beside.older)
      .slice(0, 4)
      .flatMap((id) => entries.get(id) ?? []),
  };
}
