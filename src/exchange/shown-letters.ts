/** What a site shows of its letters, for the verifier: which there are, what each counts, and the names under each. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { LetterState, ShownLetter } from "../transparency/disclosure.ts";
import { readOpeningsFile } from "../transparency/openings-file.ts";
import { isCountedBetween } from "../transparency/shown-letter.ts";
import { readShownNames, type ShownName } from "../transparency/shown-names.ts";
import { readShownText, type ShownText } from "../transparency/shown-text.ts";
import type { Indulgence, ShownLetters } from "../transparency/verify.ts";
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
}

/** The letters that a site shows. */
export function shownLetters(site: SiteFiles, indulgence: Indulgence = usual): ReadLetters {
  let list: ListPage | undefined;
  let byId = new Map<string, ListedLetter>();
  const counts = new Map<string, number>();
  const textless = new Set<string>();
  return {
    list: () => list,
    listed: (id) => byId.get(id),
    counts,
    textless,
    kept: site.live ? undefined : (id) => byId.get(id)?.log_size ?? 0,
    async all() {
      list = await readList(site);
      byId = new Map(list.letters.toReversed().map((letter) => [letter.id, letter]));
      return list.letters.map(({ id }) => id);
    },
    async find(id, size) {
      const letter = byId.get(id);
      const shown = letter && (await readLetter(site, letter, size, indulgence));
      if (!shown) return undefined;
      counts.set(id, shown.count);
      if (shown.text) textless.delete(letter.slug);
      else textless.add(letter.slug);
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

/** One letter: the count, the text and the first names of its page, and its openings. @param size how much of the log was read */
async function readLetter(
  site: SiteFiles,
  { id, slug, signatures }: ListedLetter,
  size: number,
  { tries, pause }: Indulgence,
): Promise<ShownLetter | undefined> {
  const manifest = (revision: number) =>
    site.read(`letters/${slug}/revisions/${revision}/manifest.json`, longestManifest);
  const longest = Math.min(1_000_000 + size * longestOpening, longestOpenings);
  let { text, names } = await readLetterPage(site, slug);
  let { total } = signatures;
  const counted: LetterState[] = [];
  for (let attempt = 1; ; attempt++) {
    const bytes = await site.read(`letters/${slug}/openings.json`, longest);
    // An empty file, as a mirror keeps in place of one that was not there, says no more than none.
    if (!bytes?.length) return { size, count: total, openings: [], manifest, names, text };
    const file = await readOpeningsFile([bytes]);
    // What is no openings file is told as an opening that is none.
    if ("problem" in file || file.letter !== id)
      return { size, count: total, openings: [undefined], manifest, names, text };
    counted.push({ size: file.size, count: file.count });
    // The page was made between two of the files: its count is one that lay between theirs.
    const agrees = isCountedBetween(total, counted);
    if (agrees || !site.live || attempt === tries) {
      const { openings } = file;
      return {
        size: file.size,
        count: agrees ? file.count : total,
        counted,
        openings,
        manifest,
        names,
        text,
      };
    }
    await sleep(pause);
    const page = await readLetterPage(site, slug);
    ({ text, names } = page);
    total = page.total ?? total;
  }
}

/** What the page of a letter shows; nothing of it where there is no page. */
async function readLetterPage(
  site: SiteFiles,
  slug: string,
): Promise<{
  readonly text?: ShownText;
  readonly names?: readonly ShownName[];
  readonly total?: number | undefined;
}> {
  const bytes = await site.read(`letters/${slug}.json`, longestLetter);
  if (!bytes?.length) return {};
  const page = parseJson(bytes);
  const [text, names] = [readShownText(page), readShownNames(page)];
  return { text, names, total: listedLetter.safeParse(page).data?.signatures.total };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}
