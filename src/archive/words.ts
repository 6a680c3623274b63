/** The reader's words: what is looked for, what is ruled out, and what may be misspelt. Pure. */
import { editDistance } from "../foundation/edit-distance.ts";
import { fold } from "../foundation/fold.ts";

/** More than this many characters are not read. */
export const longestQuery = 200;

export interface Words {
  /** As PostgreSQL's websearch_to_tsquery reads them: words, "phrases", or. Empty when the query only rules out. */
  readonly wanted: string;
  /** Words and phrases that stood after a minus sign. */
  readonly excluded: readonly string[];
}

/**
 * Reads a query. The excluded parts are taken apart because the wanted parts are tried in every language's own
 * stemming: "not this in English, or not this in French" would exclude nothing.
 * @returns undefined where there is nothing to look for
 */
export function readWords(query: string): Words | undefined {
  const text = query
    .normalize("NFC")
    .replace(/\p{Cc}/gu, " ")
    .slice(0, longestQuery)
    .trim();
  const wanted: string[] = [];
  const excluded: string[] = [];
  for (const [, minus, phrase, word] of text.matchAll(/(?:^|(?<=\s))(-?)(?:"([^"]*)"?|(\S+))/gu)) {
    if (!/[\p{L}\p{N}]/u.test(phrase ?? word ?? "")) continue;
    if (minus) excluded.push(phrase ?? word!);
    else wanted.push(phrase === undefined ? word! : `"${phrase}"`);
  }
  if (wanted.length === 0 && excluded.length === 0) return undefined;
  return { wanted: wanted.join(" "), excluded };
}

/** Single words that may be misspelt, folded, each once: no phrases, no numbers, nothing shorter than four characters. */
export function correctable(words: Words): string[] {
  const single = words.wanted.replace(/"[^"]*"/g, " ").match(/[\p{L}\p{M}]+/gu) ?? [];
  return [...new Set(single.map(fold))].filter((word) => [...word].length >= 4);
}

/**
 * The known word that the reader most likely meant: one slip away, or two in a word of eight characters or more.
 * @param candidates known words, the most similar first
 */
export function likeliest(word: string, candidates: readonly string[]): string | undefined {
  const allowed = [...word].length >= 8 ? 2 : 1;
  const near = candidates.map((candidate) => ({ candidate, slips: editDistance(word, candidate) }));
  const best = Math.min(...near.map(({ slips }) => slips));
  return best > 0 && best <= allowed ? near.find(({ slips }) => slips === best)?.candidate : undefined;
}

/** The reader's words with the corrections in place of what was misspelt. */
export function correct(words: Words, corrections: ReadonlyMap<string, string>): Words {
  const parts = words.wanted.split(/("[^"]*")/);
  const wanted = parts
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/[\p{L}\p{M}]+/gu, (word) => corrections.get(fold(word)) ?? word),
    )
    .join("");
  return { ...words, wanted };
}
