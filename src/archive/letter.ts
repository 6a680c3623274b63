/** One letter with all that its page shows. */
import type { Database } from "../database/open.ts";
import { partialDateToNumber } from "../foundation/partial-date.ts";
import { type Correction, listCorrections } from "../letters/correct-letter.ts";
import { findLetterBySlug } from "../letters/find-letter.ts";
import { type Entry, isSignedHere } from "./entry.ts";
import { loadEntries } from "./entry-store.ts";
import {
  countsByRevision,
  idsBeside,
  idsLike,
  loadRevisions,
  loadTexts,
  type Revision,
  type Text,
} from "./letter-store.ts";
import { namesOnLetter, type Signatories, signatoriesOf } from "./signatories.ts";

export type { Text };

export interface Letter extends Entry {
  /** All texts, the original first. */
  readonly texts: readonly Text[];
  /** The text to show; its body is null where the text is not held. */
  readonly text: Text;
  /** The revision that this is, the latest. */
  readonly revision: Revision;
}

/** Letters near this one. */
export interface Neighbours {
  readonly newer?: Entry;
  readonly older?: Entry;
  /** Letters with the same topics. */
  readonly alike: readonly Entry[];
}

/** A letter's revisions, oldest first. */
export const findRevisions = loadRevisions;

export interface LetterWithAll {
  readonly letter: Letter;
  readonly signatories: Signatories;
  readonly neighbours: Neighbours;
  /** What was corrected since it became public, the latest first. */
  readonly corrections: readonly Correction[];
  /** Every text that it has had, the first one first, and how many signed it; empty where there is but one. */
  readonly signedTexts: readonly SignedText[];
}

export interface SignedText {
  readonly revision: number;
  readonly publishedAt: Date;
  readonly signed: number;
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
  const [[entry], texts, revisions] = await Promise.all([
    loadEntries(db, [at.id], language),
    loadTexts(db, at.id),
    loadRevisions(db, at.id),
  ]);
  const revision = revisions.at(-1);
  if (!entry || !revision) throw new Error(`letter ${at.id} has no text`);
  const text =
    texts.find((one) => one.language === textLanguage) ??
    texts.find((one) => one.language === entry.language)!;
  const { title, summary } = text;
  return { ...entry, language: text.language, title, summary, texts, text, revision };
}

/** A letter by its present slug with its first signatories and its neighbours. Costs the same however many have signed. */
export async function findLetterWithAll(
  db: Database,
  slug: string,
  language: string,
  textLanguage?: string,
): Promise<LetterWithAll | undefined> {
  const letter = await findLetter(db, slug, language, textLanguage);
  return letter && withAll(db, letter, language);
}

/** A correction of a public letter that is not made yet. */
export interface Correcting {
  /** The letter's texts and facts as they would be; nothing else of it counts. */
  readonly as: Letter;
  /** Whether its text would be a new one to sign. */
  readonly words: boolean;
  /** What else would change: names of correctable. */
  readonly changed: readonly string[];
  readonly at: Date;
}

/** A public letter by its present slug as findLetterWithAll would find it once it is corrected. */
export async function findCorrected(
  db: Database,
  slug: string,
  language: string,
  { as, words, changed, at }: Correcting,
): Promise<LetterWithAll | undefined> {
  const now = await findLetter(db, slug, language);
  if (!now) return undefined;
  const number = now.revision.number + 1;
  const { kind, publisherRole, date, title, summary, texts, text } = as;
  const { measure, stance, addressees, initiators, topics, places } = as;
  const letter: Letter = {
    ...now,
    ...{ kind, publisherRole, date, title, summary, texts, text, language: as.language },
    ...{ measure, stance, addressees, initiators, topics, places },
    ...(words && { revision: { number, publishedAt: at, hash: null, entry: null } }),
    updatedAt: at,
  };
  const found = await withAll(db, letter, language);
  // Nobody has said yet why.
  const correction = { at, revision: words ? number : null, note: "–", changed };
  const corrections = [{ ...correction, number: found.corrections.length + 1 }, ...found.corrections];
  return { ...found, corrections };
}

async function withAll(db: Database, letter: Letter, language: string): Promise<LetterWithAll> {
  const [signatories, neighbours, corrections, signedTexts] = await Promise.all([
    signatoriesOf(db, letter, namesOnLetter),
    neighboursOf(db, letter, language),
    listCorrections(db, letter.id),
    signedTextsOf(db, letter),
  ]);
  return { letter, signatories, neighbours, corrections, signedTexts };
}

async function signedTextsOf(db: Database, letter: Letter): Promise<SignedText[]> {
  if (letter.revision.number === 1 || !isSignedHere(letter)) return [];
  const [revisions, later] = await Promise.all([
    loadRevisions(db, letter.id),
    countsByRevision(db, letter.id),
  ]);
  const total = letter.people + letter.organisations;
  const after = later.reduce((sum, { signed }) => sum + signed, 0);
  const before = revisions.filter(({ number }) => number < letter.revision.number);
  return [...before, letter.revision].map(({ number: revision, publishedAt }) => ({
    revision,
    publishedAt,
    signed: revision === 1 ? total - after : (later.find((one) => one.revision === revision)?.signed ?? 0),
  }));
}

async function neighboursOf(db: Database, letter: Letter, language: string): Promise<Neighbours> {
  const [beside, like] = await Promise.all([
    idsBeside(db, letter.id, partialDateToNumber(letter.date)),
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
