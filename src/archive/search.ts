/** Finds letters by the reader's words, in whatever languages the archive is written. */
import type { Database } from "../database/open.ts";
import { searchConfiguration, simpleConfiguration } from "../letters/search-configuration.ts";
import { findHits, foundAtMost, type Hits, isCut, isRead, withSearchIndex } from "./hits-store.ts";
import { makeTextQuery, type TextQuery } from "./query-store.ts";
import { correct, correctable, likeliest, type Words } from "./words.ts";
import { similarWords } from "./words-store.ts";

export { foundAtMost };

/** A search that finds fewer than this may have been misspelt. */
const few = 5;

/** When the newest years together hold this many letters, they are searched before the others. */
const firstLook = 10_000;

export interface Found {
  readonly hits: Hits & {
    /** Only the newest of the letters were read that had to be (readAtMost). */
    readonly cut: boolean;
  };
  /** What was looked for in the end; undefined when the words were all too common to be found. */
  readonly text: TextQuery | undefined;
  /** The words with what seems misspelt corrected, when that found more. */
  readonly corrected?: string;
}

/** The configurations of all languages that the archive's letters are written in, and the one for names. */
function configurationsOf(all: ReadonlyMap<string, number>): string[] {
  const languages = Array.from(all.keys()).filter((facet) => facet.startsWith("language:"));
  return [
    ...new Set([simpleConfiguration, ...languages.map((facet) => searchConfiguration(facet.slice(9)))]),
  ];
}

/**
 * One page of letters that hold the words and have the facets.
 * @param all the facets of the whole archive with their counts
 */
export async function findLetters(
  db: Database,
  words: Words,
  facets: readonly string[],
  all: ReadonlyMap<string, number>,
  offset: number,
  limit: number,
): Promise<Found> {
  const configurations = configurationsOf(all);
  const text = await makeTextQuery(db, words, configurations);
  const hits = text ? await hitsOf(db, text, facets, all, offset, limit) : none;
  if (hits.total >= few) return { hits, text };

  const corrected = await correctWords(db, words);
  const other = corrected && (await makeTextQuery(db, corrected, configurations));
  if (!corrected || !other) return { hits, text };
  const either = text ? eitherOf(text, other) : other;
  const more = await hitsOf(db, either, facets, all, offset, limit);
  return more.total > hits.total ? { hits: more, text: either, corrected: corrected.wanted } : { hits, text };
}

const none: Found["hits"] = { total: 0, ids: [], counts: [], cut: false };

/** Letters that match one or the other; what is ruled out is the same in both. */
function eitherOf(one: TextQuery, other: TextQuery): TextQuery {
  return {
    ...one,
    match: `(${one.match}) | (${other.match})`,
    mark: `(${one.mark}) | (${other.mark})`,
    signed: [...new Set([...one.signed, ...other.signed])],
  };
}

/** The words with known words in place of those that nobody knows; undefined where there is nothing to correct. */
async function correctWords(db: Database, words: Words): Promise<Words | undefined> {
  const similar = await similarWords(db, correctable(words));
  const corrections = new Map<string, string>();
  for (const [word, candidates] of similar) {
    const meant = likeliest(word, candidates);
    if (meant) corrections.set(word, meant);
  }
  return corrections.size > 0 ? correct(words, corrections) : undefined;
}

/**
 * Looks among the newest letters first: of words that many letters hold, these are all that will be shown. Where
 * letters must be read, there is a bound of its own.
 */
function hitsOf(
  db: Database,
  text: TextQuery,
  facets: readonly string[],
  all: ReadonlyMap<string, number>,
  offset: number,
  limit: number,
): Promise<Hits & { cut: boolean }> {
  const within = isRead(text) ? undefined : newestYears(all);
  return withSearchIndex(db, text, async (trx) => {
    if (within) {
      const newest = await findHits(trx, { text, facets, within }, offset, limit);
      if (newest.total > foundAtMost) return { ...newest, cut: false };
    }
    const hits = await findHits(trx, { text, facets }, offset, limit);
    return { ...hits, cut: await isCut(trx, text, facets) };
  });
}

/** The newest years that together hold enough letters for a first look; undefined where that is most of the archive. */
export function newestYears(all: ReadonlyMap<string, number>): string[] | undefined {
  const years = Array.from(all).filter(([facet]) => facet.startsWith("year:"));
  years.sort(([a], [b]) => (a < b ? 1 : -1));
  const total = years.reduce((sum, [, letters]) => sum + letters, 0);
  const chosen: string[] = [];
  let held = 0;
  for (const [facet, letters] of years) {
    if (held >= firstLook) break;
    chosen.push(facet);
    held += letters;
  }
  return held * 2 < total ? chosen : undefined;
}
