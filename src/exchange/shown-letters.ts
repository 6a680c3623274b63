/** What a site shows of its letters, for the verifier: which there are, what each counts, and the names under each. */
import { z } from "zod";
import type { Indulgence, ShownLetters } from "../transparency/compare-letters.ts";
import { type LetterFiles, readShownLetter } from "../transparency/shown-letter.ts";
import { parseNamesPage, readFirstNames } from "../transparency/shown-names.ts";
import { readShownText } from "../transparency/shown-text.ts";
import { type SiteFiles, Unreadable } from "./site-files.ts";

/** Only mirrors write it (keep-verified.ts). */
const logSize = z.int().nonnegative().optional().catch(undefined);

/** A letter as /letters.json lists it (docs/api.md). Slugs become names of files: no other characters are taken. */
const listedLetter = z.looseObject({
  id: z.string().regex(/^[\w-]{21}[AQgw]$/),
  slug: z
    .string()
    .max(200)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  signatures: z.looseObject({ total: z.int().nonnegative() }),
  /** In a mirror: how much of the log its files had to show when they were fetched. */
  log_size: logSize,
});
export type ListedLetter = z.infer<typeof listedLetter>;

const listPage = z.looseObject({
  total: z.int().nonnegative(),
  pages: z.int().nonnegative().max(10_000),
  letters: z.array(listedLetter),
  /** In a mirror: the size of the log that the list was compared with. */
  log_size: logSize,
});
/** A page of the list; what else it says of the site is kept as it is. */
export type ListPage = z.infer<typeof listPage>;

const longestPage = 64_000_000;
const longestLetter = 16_000_000;
const longestManifest = 1_000_000;
/** What an opening with the longest names takes, and what is taken of a letter's openings at most. */
const longestOpening = 2_048;
const longestOpenings = 2 ** 30;

/** How often a list that changes is read again. */
const listTries = 5;
/** The page and its openings may disagree in their counts: one is published a little before the other. */
const usual: Indulgence = { tries: 10, pause: 1_000 };
/** What a mirror keeps does not change. */
const once: Indulgence = { tries: 1, pause: 0 };

/** The letters of a site, and what was met of them, for whoever names or keeps them. */
export interface ReadLetters extends ShownLetters {
  /** The list as it was read last; nothing before it was. */
  readonly list: () => ListPage | undefined;
  /** A letter of the list, by its id. */
  readonly listed: (id: string) => ListedLetter | undefined;
  /** The count that was compared, by the letter's id. */
  readonly counts: ReadonlyMap<string, number>;
  /** The slugs of letters that were compared without a text: there was none of them. */
  readonly textless: ReadonlySet<string>;
  /** The slugs of those without lists of names. */
  readonly listless: ReadonlySet<string>;
}

/** The letters that a site shows. */
export function shownLetters(site: SiteFiles, indulgence: Indulgence = usual): ReadLetters {
  let list: ListPage | undefined;
  let byId = new Map<string, ListedLetter>();
  const counts = new Map<string, number>();
  const textless = new Set<string>();
  const listless = new Set<string>();
  return {
    list: () => list,
    listed: (id) => byId.get(id),
    counts,
    textless,
    listless,
    kept: site.live ? undefined : (id) => byId.get(id)?.log_size ?? 0,
    async all() {
      list = await readList(site);
      byId = new Map(list.letters.toReversed().map((letter) => [letter.id, letter]));
      return list.letters.map(({ id }) => id);
    },
    async find(id, size) {
      const letter = byId.get(id);
      if (!letter) return undefined;
      const patience = site.live ? indulgence : once;
      const shown = (await readShownLetter(id, letterFiles(site, letter, size), size, patience))!;
      counts.set(id, shown.count);
      for (const [without, part] of [
        [textless, shown.text],
        [listless, shown.lists],
      ] as const)
        if (part) without.delete(letter.slug);
        else without.add(letter.slug);
      return shown;
    },
  };
}

/** All pages of the list as one. Read again when letters came or went between two pages. */
async function readList(site: SiteFiles): Promise<ListPage> {
  for (let attempt = 1; ; attempt++) {
    const first = await readPage(site, 1);
    if (!first) throw new Unreadable(`${site.name} has no letters.json`);
    const letters = new Map<string, ListedLetter>();
    let page: ListPage | undefined = first;
    for (let number = 1; page; number++) {
      for (const letter of page.letters) letters.set(letter.slug, letter);
      if (page.total !== first.total && attempt < listTries) break;
      if (number >= first.pages) return { ...first, letters: [...letters.values()] };
      page = await readPage(site, number + 1);
    }
    if (attempt === listTries)
      throw new Unreadable(`${site.name}/letters.json changes faster than it can be read`);
  }
}

async function readPage(site: SiteFiles, number: number): Promise<ListPage | undefined> {
  const path = number === 1 ? "letters.json" : `letters.json?page=${number}`;
  const bytes = await site.read(path, longestPage);
  if (!bytes) return undefined;
  const page = listPage.safeParse(parseJson(bytes));
  if (page.success) return page.data;
  const [issue] = page.error.issues;
  throw new Unreadable(
    `${site.name}/${path} is no list of letters as docs/api.md has it: ${issue?.path.join(".")}`,
  );
}

/** What the site shows of a letter. @param size how much of the log was read */
function letterFiles(site: SiteFiles, { slug, signatures }: ListedLetter, size: number): LetterFiles {
  // At the first look the count is the list's.
  let looks = 0;
  return {
    async page() {
      const bytes = await site.read(`letters/${slug}.json`, longestLetter);
      // An empty file, as a mirror keeps in place of one that was not there, says no more than none.
      const page = bytes?.length ? parseJson(bytes) : undefined;
      const own = looks++ === 0 ? undefined : listedLetter.safeParse(page).data?.signatures.total;
      const count = own ?? signatures.total;
      const text = bytes?.length ? readShownText(page) : undefined;
      return { count, text, lists: readFirstNames(page) };
    },
    async names(next) {
      const bytes = await site.read(`letters/${slug}/signatories.json${next}`, longestLetter);
      return bytes && parseNamesPage(Buffer.from(bytes).toString());
    },
    openings() {
      const longest = Math.min(1_000_000 + size * longestOpening, longestOpenings);
      return site.open(`letters/${slug}/openings.json`, longest);
    },
    manifest: (revision) => site.read(`letters/${slug}/revisions/${revision}/manifest.json`, longestManifest),
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}
