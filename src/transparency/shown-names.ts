/** The names that a site lists under a letter, as its JSON has them (docs/api.md): page after page, newest first. */

/** A verified signature as the list shows it. */
export interface ShownName {
  /** Its place in the log, as the site says; null for the moment before it has one. */
  readonly index: number | null;
  readonly name: string;
  /** Empty where there is none. */
  readonly affiliation: string;
}

/** A page of a list. */
export interface NamesPage {
  readonly names: readonly ShownName[];
  /** What leads to the next page; absent from the last one. */
  readonly next?: string;
}

/** The lists of a letter: one of organisations, and one of people. */
export interface ShownLists {
  /** The first pages, which stand in the letter's JSON. */
  readonly pages: readonly NamesPage[];
  /** The same, asked for again; nothing if the letter is not shown any more. */
  readonly again: () => Promise<readonly NamesPage[] | undefined>;
  /** A further page, by what leads to it; nothing if there is none. */
  readonly read: (next: string) => Promise<NamesPage | undefined>;
}

/** The first pages of the lists in a letter's JSON; nothing if there are no lists in it. */
export function readFirstNames(letter: unknown): readonly NamesPage[] | undefined {
  const { organisations, people } = membersOf(membersOf(letter).signatories);
  const pages = [organisations, people].map(readNamesPage).filter((page) => page !== undefined);
  return pages.length > 0 ? pages : undefined;
}

/** The page of names that a text is; nothing if it is none. */
export function parseNamesPage(text: string): NamesPage | undefined {
  try {
    return readNamesPage(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function readNamesPage(value: unknown): NamesPage | undefined {
  const { names, next } = membersOf(value);
  if (!Array.isArray(names)) return undefined;
  const page = { names: names.map(readName) };
  return next === null || next === undefined ? page : { ...page, next: queryOf(next) };
}

const longestQuery = 200;

/** The query of an address. It is asked of the letter's own list, whatever host and path it was written with. */
function queryOf(next: unknown): string {
  const { search = "" } = URL.parse(String(next)) ?? {};
  return search.length > longestQuery ? "" : search;
}

function readName(value: unknown): ShownName {
  const { name, affiliation, entry } = membersOf(value);
  const index = typeof entry === "number" && Number.isSafeInteger(entry) && entry >= 0 ? entry : null;
  return { index, name: String(name), affiliation: String(affiliation ?? "") };
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
