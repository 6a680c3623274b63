/** A page of the archive: letters, newest first or by relevance, with the counts beside the filters. */
import type { Database } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import type { Entry } from "./entry.ts";
import { loadEntries } from "./entry-store.ts";
import { type Counts, countsByFilter, type FilterName, type Filters, facetsOf } from "./filters.ts";
import { countHits, foundAtMost, onlyRulesOut, readAtMost, withSearchIndex } from "./hits-store.ts";
import { allFacets, countLetters, newestIds } from "./list-store.ts";
import { excerptOf, hasMarks, lexemesOf, type Piece, piecesOf } from "./marks.ts";
import { markMatches } from "./marks-store.ts";
import { matchingSignatories } from "./matching-names.ts";
import type { TextQuery } from "./query-store.ts";
import { findLetters, newestYears } from "./search.ts";
import { readWords } from "./words.ts";

/** Letters on a page. */
export const pageSize = 50;

export interface ArchiveRequest {
  /** As the reader typed them; empty for no search. */
  readonly query: string;
  readonly filters: Filters;
  /** From 1; a page beyond the last is the last. */
  readonly page: number;
  /** The language in which titles are wanted. */
  readonly language: string;
}

/** A letter of the list, with its matches when there was a search. */
export interface ListedEntry extends Entry {
  readonly marks?: {
    readonly title: readonly Piece[];
    readonly summary: readonly Piece[];
    readonly excerpt?: readonly Piece[];
    /** The measure, when it matches. */
    readonly measure?: readonly Piece[];
    /** What names are marked by (marks.ts), folded. */
    readonly words: ReadonlySet<string>;
    /** Those who signed and match by their names, a few. */
    readonly signatories: readonly string[];
  };
}

export interface ArchivePage {
  /** Without those that no letter knows. */
  readonly filters: Filters;
  /** Whether the reader's words were looked for. */
  readonly searched: boolean;
  /** Letters are by relevance, else newest first. */
  readonly ranked: boolean;
  readonly entries: readonly ListedEntry[];
  /** How many letters there are in all. When `more`, only so many are found and there are more. */
  readonly total: number;
  readonly more: boolean;
  /** The numbers beside the filters count only the newest so many letters; undefined when they count all. */
  readonly countsOfNewest?: number;
  readonly page: number;
  readonly pages: number;
  readonly counts: Counts;
  /** Letters had to be read (a phrase, or words that are only ruled out), and only the newest so many were. */
  readonly readIn?: number;
  /** How many letters there would be without each of the chosen filters (at most foundAtMost + 1). */
  readonly without: ReadonlyMap<FilterName, number>;
  readonly corrected?: string;
}

/** Reads one page of the archive. */
export async function listLetters(db: Database, request: ArchiveRequest): Promise<ArchivePage> {
  const all = await allFacets(db);
  const filters = knownFilters(request.filters, all);
  const words = readWords(request.query);
  const found = words
    ? await searched(db, { ...request, filters }, words, all)
    : await browsed(db, filters, request.page, all);
  const entries = await loadEntries(db, found.ids, request.language);
  const own = await countsWithout(db, filters, found.text, all);
  const counts = countsByFilter(found.counts);
  return {
    filters,
    searched: words !== undefined,
    ranked: words !== undefined && words.wanted !== "",
    entries: found.text && !onlyRulesOut(found.text) ? await withMarks(db, entries, found.text) : entries,
    total: Math.min(found.total, words ? foundAtMost : found.total),
    more: words !== undefined && found.total > foundAtMost,
    ...((found.counted > foundAtMost || own.bounded) && { countsOfNewest: foundAtMost }),
    page: found.page,
    pages: found.pages,
    counts: { ...counts, ...own.counts },
    without: own.totals,
    ...(found.cut && { readIn: readAtMost }),
    ...(found.corrected !== undefined && { corrected: found.corrected }),
  };
}

interface FoundPage {
  readonly ids: readonly string[];
  readonly total: number;
  /** How many letters the counts were made of; all of them when it is no more than foundAtMost. */
  readonly counted: number;
  readonly counts: Iterable<readonly [string, number]>;
  readonly page: number;
  readonly pages: number;
  readonly text?: TextQuery | undefined;
  readonly corrected?: string | undefined;
  readonly cut?: boolean;
}

/** A topic that no letter has is a slip in a link; other filters have values of their own. */
function knownFilters(filters: Filters, all: ReadonlyMap<string, number>): Filters {
  const { topic, ...others } = filters;
  return topic !== undefined && all.has(`topic:${topic}`) ? filters : others;
}

function bounded(page: number, total: number): { page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  return { page: Math.min(page, pages), pages };
}

async function searched(
  db: Database,
  request: ArchiveRequest,
  words: NonNullable<ReturnType<typeof readWords>>,
  all: ReadonlyMap<string, number>,
): Promise<FoundPage> {
  const facets = facetsOf(request.filters);
  const lastPage = Math.ceil(foundAtMost / pageSize);
  const wanted = Math.min(request.page, lastPage);
  let found = await findLetters(db, words, facets, all, (wanted - 1) * pageSize, pageSize);
  const where = bounded(wanted, Math.min(found.hits.total, foundAtMost));
  if (where.page !== wanted) {
    found = await findLetters(db, words, facets, all, (where.page - 1) * pageSize, pageSize);
  }
  const { text, corrected } = found;
  return { ...found.hits, counted: found.hits.total, ...where, text, corrected };
}

async function browsed(
  db: Database,
  filters: Filters,
  page: number,
  all: ReadonlyMap<string, number>,
): Promise<FoundPage> {
  const facets = facetsOf(filters);
  const total = await totalOf(db, facets, all);
  const where = bounded(page, total);
  const ids = await newestIds(db, facets, (where.page - 1) * pageSize, pageSize);
  if (facets.length === 0) return { ids, total, counted: 0, counts: all, ...where };
  const { counts } = await countHits(db, { facets });
  return { ids, total, counted: total, counts, ...where };
}

/** Every letter has one status, so the counts of these add up to all letters. */
async function totalOf(
  db: Database,
  facets: readonly string[],
  all: ReadonlyMap<string, number>,
): Promise<number> {
  if (facets.length === 1) return all.get(facets[0]!) ?? 0;
  if (facets.length > 1) return countLetters(db, facets);
  return Array.from(all).reduce(
    (sum, [facet, count]) => (facet.startsWith("status:") ? sum + count : sum),
    0,
  );
}

/**
 * The counts of each chosen filter's own values, made without that filter: they say where a change of it would lead.
 * Left out where each would have as many letters read as the search itself.
 */
async function countsWithout(
  db: Database,
  filters: Filters,
  text: TextQuery | undefined,
  all: ReadonlyMap<string, number>,
): Promise<{ counts: Partial<Counts>; totals: Map<FilterName, number>; bounded: boolean }> {
  const counts: Partial<Record<FilterName, ReadonlyMap<string, number>>> = {};
  const totals = new Map<FilterName, number>();
  let bounded = false;
  const within = newestYears(all);
  if (onlyRulesOut(text) && (await totalOf(db, [], all)) > readAtMost) return { counts, totals, bounded };
  for (const name of Object.keys(filters) as FilterName[]) {
    const facets = facetsOf(filters, name);
    if (!text && facets.length === 0) {
      counts[name] = countsByFilter(all)[name];
      totals.set(name, await totalOf(db, [], all));
      continue;
    }
    const hits = await withSearchIndex(db, text, async (trx) => {
      const newest = within && (await countHits(trx, { text, facets, within }));
      return newest && newest.total > foundAtMost ? newest : countHits(trx, { text, facets });
    });
    counts[name] = countsByFilter(hits.counts)[name];
    totals.set(name, hits.total);
    bounded ||= hits.total > foundAtMost;
  }
  return { counts, totals, bounded };
}

async function withMarks(db: Database, entries: readonly Entry[], text: TextQuery): Promise<ListedEntry[]> {
  const marked = new Map((await markMatches(db, entries, text.mark)).map((one) => [one.id, one]));
  const words = new Set(lexemesOf(text.mark).map(fold));
  const signatories = await matchingSignatories(db, entries, text, words);
  return entries.map((entry) => {
    const { title, summary, excerpt, measure } = marked.get(entry.id)!;
    return {
      ...entry,
      marks: {
        title: piecesOf(title),
        summary: piecesOf(summary),
        ...(excerpt && hasMarks(excerpt) && { excerpt: excerptOf(excerpt) }),
        ...(measure && hasMarks(measure) && { measure: piecesOf(measure) }),
        words,
        signatories: signatories.get(entry.id) ?? [],
      },
    };
  });
}

/** The newest letters that can be signed now. */
export async function openLetters(db: Database, language: string, limit: number): Promise<Entry[]> {
  return loadEntries(db, await newestIds(db, ["status:open"], 0, limit), language);
}

/** Letters newest first, so many on a page, with how many there are in all: for the feeds, the JSON and the table. */
export async function listEntries(
  db: Database,
  language: string,
  page: number,
  size: number,
  filters: Filters = {},
): Promise<{ entries: Entry[]; total: number; page: number; pages: number }> {
  const facets = facetsOf(filters);
  const total = await totalOf(db, facets, await allFacets(db));
  const entries = await loadEntries(db, await newestIds(db, facets, (page - 1) * size, size), language);
  return { entries, total, page, pages: Math.max(1, Math.ceil(total / size)) };
}
