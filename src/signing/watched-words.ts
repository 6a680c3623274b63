/** How a name is compared with the names that are watched: pure, and tolerant to how forgers vary a name. */
import { editDistance } from "../foundation/edit-distance.ts";
import { fold } from "../foundation/fold.ts";
import { furtherReadings } from "./disguises.ts";

/** Letters and digits that are drawn like Latin ones. Both sides are changed alike, so no name is lost by it. */
const lookalikes: Readonly<Record<string, string>> = {
  ...{
    а: "a",
    в: "b",
    с: "c",
    е: "e",
    һ: "h",
    і: "i",
    ј: "j",
    к: "k",
    м: "m",
    н: "h",
    о: "o",
    р: "p",
    ѕ: "s",
  },
  ...{
    т: "t",
    у: "y",
    х: "x",
    α: "a",
    ε: "e",
    ι: "i",
    κ: "k",
    ν: "v",
    ο: "o",
    ρ: "p",
    τ: "t",
    υ: "u",
    χ: "x",
  },
  ...{ 0: "o", 1: "l", 3: "e", 5: "s" },
};
const drawnAlike = new RegExp(`[${Object.keys(lookalikes).join("")}]`, "gu");

/** Shorter words are compared as they are: with so few letters, nearness says nothing. */
const nearFrom = 5;

/** The words of a name as compared: folded, of letters and digits. */
export function watchedWords(name: string): string[] {
  const drawn = fold(name).replace(drawnAlike, (letter) => lookalikes[letter]!);
  return drawn.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Texts of more words than this are sentences, and not looked at for words that were parted. */
const partedAtMost = 12;

/** One way to read a text that is held against watched names. */
export interface Reading {
  readonly words: readonly string[];
  /** Neighbouring words as one. */
  readonly joined: readonly string[];
}

/** The ways to read a text: as it stands, and with letters that are drawn alike. None where it holds no words. */
export function watchedReadings(text: string): Reading[] {
  const readings = [text, ...furtherReadings(text)].map(watchedWords).filter((words) => words.length > 0);
  return readings.map((words) => ({
    words,
    joined: words.length > partedAtMost ? [] : words.slice(1).map((word, at) => words[at]! + word),
  }));
}

/** The keys by which watched names are found that a reading may resemble. */
export function readingKeys({ words, joined }: Reading): string[] {
  return [...watchKeys(words), ...joined];
}

/**
 * By these keys names that resemble each other are found: two words that differ by one slip of a finger share at least
 * one of "itself" and "itself without one letter".
 */
export function watchKeys(words: readonly string[]): string[] {
  return [...new Set([wholeKey(words), ...words.flatMap(wordKeys)])];
}

const wholeKey = (words: readonly string[]) => `=${words.join("")}`;

function wordKeys(word: string): string[] {
  const letters = Array.from(word);
  if (letters.length < nearFrom) return [word];
  return [word, ...letters.keys().map((at) => letters.toSpliced(at, 1).join(""))];
}

/**
 * Keys enough to find one watched name among many: a text that resembles it has a word like each of its own, so that
 * the word which the fewest of the others have will do. "University" would find hundreds.
 * @param bearers how many watched names have a word
 */
export function tellingKeys(words: readonly string[], bearers: ReadonlyMap<string, number>): string[] {
  // Any word may stand for an initial.
  const whole = words.filter((word) => Array.from(word).length > 1);
  const [rarest] = whole.toSorted((a, b) => bearers.get(a)! - bearers.get(b)!);
  return rarest === undefined ? watchKeys(words) : [wholeKey(words), ...wordKeys(rarest)];
}

/**
 * Whether a watched name occurs in a text: each of its words, in any order, with one slip in longer ones, or in two parts;
 * an initial by any word that begins with it. Or all of it, however it is parted.
 */
export function resembles(watched: readonly string[], { words, joined }: Reading): boolean {
  if (watched.join("") === words.join("")) return true;
  return watched.every((one) => words.some((other) => isNear(one, other)) || joined.includes(one));
}

function isNear(watched: string, word: string): boolean {
  if (watched === word) return true;
  const letters = Array.from(watched).length;
  if (letters === 1) return word.startsWith(watched);
  return letters >= nearFrom && editDistance(watched, word) <= 1;
}

/**
 * Makes what finds the watched name that one of some texts resembles, whose cost hardly grows with the number of names.
 * @param names each with its words, separated by a blank; of several that are alike the first is found
 */
export function watchedFinder(
  names: readonly { readonly name: string; readonly words: string }[],
): (texts: readonly (string | null)[]) => string | undefined {
  const watched = names.map(({ name, words }, at) => ({ name, words: words.split(" "), at }));
  const bearers = new Map<string, number>();
  for (const word of watched.flatMap(({ words }) => [...new Set(words)]))
    bearers.set(word, (bearers.get(word) ?? 0) + 1);
  const byKey = new Map<string, (typeof watched)[number][]>();
  for (const one of watched)
    for (const key of tellingKeys(one.words, bearers)) {
      const found = byKey.get(key);
      if (found) found.push(one);
      else byKey.set(key, [one]);
    }
  return (texts) => {
    if (byKey.size === 0) return undefined;
    const asked = texts.flatMap((text) => watchedReadings(text ?? ""));
    const candidates = new Set(asked.flatMap(readingKeys).flatMap((key) => byKey.get(key) ?? []));
    return Array.from(candidates)
      .sort((a, b) => a.at - b.at)
      .find(({ words }) => asked.some((one) => resembles(words, one)))?.name;
  };
}
