import type { PageContext } from "../deps.ts";

/** How many names are given of each. */
const named = 10;

/**
 * How two lists of names differ, for somebody who meets another's: in words, the first few.
 * @returns only: what is saved and was not sent; gone: the other way round
 */
export function nameDifference(
  { t }: PageContext,
  saved: readonly string[],
  sent: readonly string[],
): { readonly only: string; readonly gone: string } {
  const without = (some: readonly string[], others: readonly string[]) => {
    const there = new Set(others);
    const names = some.filter((name) => !there.has(name));
    if (names.length === 0) return "–";
    return t.list(names.length > named ? [...names.slice(0, named), "…"] : names);
  };
  return { only: without(saved, sent), gone: without(sent, saved) };
}
