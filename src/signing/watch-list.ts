/** The site's list of names that are likely to be forged. Who signs by such a name, or for it, is held for a look. */
import { setImmediate as breathe } from "node:timers/promises";
import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { fingerprint } from "../foundation/fingerprint.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { lockWatched, replaceWatched, selectWatched, selectWatchedLike } from "./watch-store.ts";
import { readingKeys, watchedFinder, watchedReadings, watchedWords, watchKeys } from "./watched-words.ts";

/** The most names that a list holds. */
export const watchListLimit = 5_000;

/** The names on the list, as they were written, in alphabetical order. */
export async function listWatched(db: Queryable): Promise<string[]> {
  return (await selectWatched(db)).map(({ name }) => name);
}

/** By what an owner began from is known, so that two who write the list at once see each other. */
export const watchListEdition = (names: readonly string[]) => fingerprint(names);

/**
 * Puts a new list in the place of the old one, and writes down that somebody did: how many names it has, how many came
 * and went. The names themselves stay out of the history, which nothing deletes. What waits in the queue is not looked
 * at anew, and neither is what was accepted.
 * @param seen what somebody began from (watchListEdition); where the list is another by now, nothing is set
 * @param names each a line that was read (foundation/text-field.ts); two that compare equal count once
 */
export async function setWatchList(
  db: Database,
  clock: Clock,
  actor: Actor,
  names: readonly string[],
  seen?: string,
): Promise<"set" | Problem<"too-many" | "changed-meanwhile">> {
  const byWords = new Map<string, { words: string; name: string; keys: string[] }>();
  for (const name of names) {
    const words = watchedWords(name);
    const key = words.join(" ");
    if (words.length > 0 && !byWords.has(key)) byWords.set(key, { words: key, name, keys: watchKeys(words) });
  }
  if (byWords.size > watchListLimit) return problem("too-many", { max: watchListLimit });
  return inTransaction(db, async (trx) => {
    await lockWatched(trx);
    const saved = await selectWatched(trx);
    if (seen !== undefined && seen !== watchListEdition(saved.map(({ name }) => name)))
      return problem("changed-meanwhile");
    const before = new Set(saved.map(({ words }) => words));
    const added = Array.from(byWords.keys()).filter((words) => !before.has(words)).length;
    const removed = Array.from(before).filter((words) => !byWords.has(words)).length;
    await replaceWatched(trx, [...byWords.values()]);
    if (added + removed > 0)
      await recordAct(trx, clock(), {
        actor,
        act: "site.watch-list",
        before: { names: before.size },
        after: { names: byWords.size, added, removed },
      });
    return "set" as const;
  });
}

/**
 * The watched name that one of some texts resembles: exactly, in another order, with other accents or look-alike
 * letters, with a word in two, with more around it, or with one slip in a longer word.
 * @param lists the texts of each who is looked at
 * @returns for each the first name found
 */
export async function findWatched(
  db: Queryable,
  lists: readonly (readonly (string | null)[])[],
): Promise<(string | undefined)[]> {
  const keys = new Set(lists.flat().flatMap((text) => watchedReadings(text ?? "").flatMap(readingKeys)));
  return lists.map(watchedFinder(await selectWatchedLike(db, Array.from(keys))));
}

/**
 * The same for thousands at once, against a list that is read once; others are served meanwhile.
 * @param textsOf the texts of one who is looked at
 * @returns those who resemble a watched name, and which
 */
export async function findWatchedAmong<One>(
  db: Queryable,
  all: readonly One[],
  textsOf: (one: One) => readonly (string | null)[],
): Promise<{ readonly one: One; readonly watched: string }[]> {
  const find = watchedFinder(await selectWatched(db));
  const found: { one: One; watched: string }[] = [];
  for (const [index, one] of all.entries()) {
    if (index % 500 === 499) await breathe();
    const watched = find(textsOf(one));
    if (watched !== undefined) found.push({ one, watched });
  }
  return found;
}
