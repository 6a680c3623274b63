/** Reads what a site shows of one letter: its count, its openings, its manifests, its lists, its text, all of one moment. */
import type { LetterState, ShownLetter } from "./disclosure.ts";
import { type Pieces, readOpeningsFile } from "./openings-file.ts";
import type { NamesPage } from "./shown-names.ts";
import type { ShownText } from "./shown-text.ts";

/** What the page of a letter shows, in one look. */
export interface ShownPage {
  /** Its count of signatures. */
  readonly count: number;
  readonly text: ShownText | undefined;
  /** The first pages of its lists of verified names; nothing where they are not to be had. */
  readonly lists: readonly NamesPage[] | undefined;
}

/** Where it is read. Each gives nothing for what is not there, and throws if it cannot tell. */
export interface LetterFiles {
  readonly page: () => Promise<ShownPage | undefined>;
  /** A further page of its lists, by what leads to it. */
  readonly names: (next: string) => Promise<NamesPage | undefined>;
  /** Its openings file, which may be long. */
  readonly openings: () => Promise<Pieces | undefined>;
  readonly manifest: (revision: number) => Promise<Uint8Array | undefined>;
}

/** How often a count that does not fit the openings is read again, and after how many milliseconds. */
const usual = { tries: 5, pause: 500 };

/**
 * A letter as it is shown. A signature that arrives between two readings makes page and openings differ for a moment: a
 * page that was made between two of the openings files counts what lies between theirs.
 * @param letter its id in base64url
 * @param size how much of the log was read
 */
export async function readShownLetter(
  letter: string,
  files: LetterFiles,
  size: number,
  { tries, pause } = usual,
): Promise<ShownLetter | undefined> {
  const { manifest } = files;
  const counted: LetterState[] = [];
  for (let attempt = 1; ; attempt++) {
    const page = await files.page();
    if (!page) return undefined;
    const { count, text } = page;
    const again = async () => (await files.page())?.lists;
    const lists = page.lists && { pages: page.lists, again, read: files.names };
    const pieces = await files.openings();
    if (!pieces) return { size, count, openings: [], manifest, lists, text };
    const read = await readOpeningsFile(pieces);
    const file = "problem" in read ? undefined : read;
    // What is no openings file of this letter is told as an opening that is none.
    if (file?.letter !== letter) {
      await file?.close();
      return { size, count, openings: [undefined], manifest, lists, text };
    }
    counted.push({ size: file.size, count: file.count });
    const agrees = isCountedBetween(count, counted);
    if (agrees || attempt === tries)
      return { ...file, count: agrees ? file.count : count, counted, manifest, lists, text };
    await file.close();
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Whether a count lies between those of some states. */
export function isCountedBetween(count: number, states: readonly LetterState[]): boolean {
  const counts = states.map((state) => state.count);
  return Math.min(...counts) <= count && count <= Math.max(...counts);
}
