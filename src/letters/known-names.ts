/** Names by which readers look for letters. */
import type { Transaction } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import { deleteOrganisation, insertKnownWords, insertOrganisation } from "./known-names-store.ts";

/**
 * Lets a letter be found by organisations that signed it and are shown. Costs the same however many have signed:
 * the letter's own index row is not touched. Adding a name again does nothing.
 */
export async function addKnownNames(
  trx: Transaction,
  letterId: string,
  names: readonly string[],
): Promise<void> {
  for (const name of names) await insertOrganisation(trx, letterId, fold(name), name);
  await insertKnownWords(trx, knownWords(names));
}

/** The letter is no longer found by this organisation. Words that others may share stay known. */
export function dropKnownName(trx: Transaction, letterId: string, name: string): Promise<void> {
  return deleteOrganisation(trx, letterId, fold(name));
}

/** The words of names that a reader may misspell: folded, of three characters and more, sorted, each once. */
export function knownWords(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) => fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
  return Array.from(new Set(words))
    .filter((word) => Array.from(word).length >= 3 && !/^\p{N}+$/u.test(word))
    .sort();
}
