/** Slugs: the readable part of a letter's address, which never breaks. Pure. */
import { fold } from "../foundation/fold.ts";
import { type PartialDate, partialDateToString } from "../foundation/partial-date.ts";
import type { Kind } from "./letter.ts";

/** The longest slug that is made from a title, in characters; it ends at a word. */
const longest = 80;

/**
 * A slug for a letter: its title in plain Latin letters, or where the title is in another script its kind and date.
 * "U.S., U. K., and Australia: Encryption Keeps Us Secure" → "u-s-u-k-and-australia-encryption-keeps-us-secure"
 */
export function slugFor(title: string, kind: Kind, date: PartialDate): string {
  const words = (fold(title)
    .replace(/['’]/gu, "")
    .match(/[a-z0-9]+/g) ?? []) as string[];
  let slug = "";
  for (const word of words) {
    const longer = slug === "" ? word.slice(0, longest) : `${slug}-${word}`;
    if (longer.length > longest) break;
    slug = longer;
  }
  const letters = Array.from(fold(title)).filter((character) => /\p{L}/u.test(character)).length;
  // A title of which only a Latin acronym would be left is better named by its date.
  const kept = slug.replace(/[-0-9]/g, "").length;
  return kept >= 3 && kept * 3 >= Math.min(letters, longest) ? slug : `${kind}-${partialDateToString(date)}`;
}

/** The first of slug, slug-2, slug-3 … that is not taken. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? slug : `${slug}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
