/** Reads what a site shows of one letter: its count, its openings, its manifests, its text, all of one moment. */
import type { ShownLetter } from "./disclosure.ts";
import { readOpeningsFile } from "./openings-file.ts";
import type { ShownText } from "./shown-text.ts";

/** Where it is read. Each gives nothing for what is not there, and throws if it cannot tell. */
export interface LetterFiles {
  /** The count of signatures on the letter's page. */
  readonly count: () => Promise<number | undefined>;
  /** The bytes of its openings file. */
  readonly openings: () => Promise<Uint8Array | undefined>;
  readonly manifest: (revision: number) => Promise<Uint8Array | undefined>;
  /** The text on its page. */
  readonly text: () => Promise<ShownText | undefined>;
}

/** How often a count that does not fit the openings is read again, and after how many milliseconds. */
const tries = 5;
const pause = 500;

/**
 * A letter as it is shown. A signature that arrives between two readings makes page and openings differ for a moment:
 * they agree when the openings count as many as the page did before or after.
 * @param letter its id in base64url
 * @param size how much of the log was read
 */
export async function readShownLetter(
  letter: string,
  files: LetterFiles,
  size: number,
): Promise<ShownLetter | undefined> {
  const { manifest } = files;
  let before = await files.count();
  for (let attempt = 1; ; attempt++) {
    const bytes = await files.openings();
    const after = await files.count();
    if (after === undefined) return undefined;
    const text = await files.text();
    const file = bytes && readOpeningsFile(bytes);
    // What is no openings file of this letter is told as an opening that is none.
    if (!file || "problem" in file || file.letter !== letter)
      return { size, count: after, openings: [undefined], manifest, text };
    const agrees =
      Math.min(before ?? after, after) <= file.count && file.count <= Math.max(before ?? after, after);
    if (agrees || attempt === tries)
      return { size: file.size, count: agrees ? file.count : after, openings: file.openings, manifest, text };
    await new Promise((resolve) => setTimeout(resolve, pause));
    before = after;
  }
}
