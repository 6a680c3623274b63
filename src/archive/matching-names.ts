/** Who signed a letter and matches what the reader looked for, though the list may not name them. */
import type { Queryable } from "../database/open.ts";
import type { Entry } from "./entry.ts";
import { isTelling, markWords } from "./marks.ts";
import { organisationsMatching, reportedNamesWith, type SignatoryName } from "./matching-names-store.ts";
import type { TextQuery } from "./query-store.ts";

/** Names of one letter that are worth a line. */
const few = 8;

/** @returns for each letter by its id, the names that match: those by which it was found first */
export async function matchingSignatories(
  db: Queryable,
  entries: readonly Entry[],
  text: TextQuery,
  words: ReadonlySet<string>,
): Promise<Map<string, string[]>> {
  const signed = new Set(text.signed);
  const here = entries.filter(({ id }) => signed.has(id));
  const elsewhere = entries.filter(({ named, namedTotal }) => namedTotal > named.length);
  const initiators = entries
    .filter(({ state }) => state === "archived")
    .flatMap(({ id, initiators: names }) => names.map((name): SignatoryName => ({ id, name, whole: false })));
  const named = entries.flatMap(({ id, named: names }) =>
    names.map(({ name }): SignatoryName => ({ id, name, whole: false })),
  );
  const found = [
    ...(here.length > 0 ? await organisationsMatching(db, idsOf(here), text.mark) : []),
    ...initiators,
    ...named,
    ...(elsewhere.length > 0 ? await reportedNamesWith(db, idsOf(elsewhere), [...words]) : []),
  ];
  const telling = found.filter(({ name, whole }) => whole || isTelling(markWords(name, words), words));
  return new Map(
    [...Map.groupBy(telling, ({ id }) => id)].map(([id, names]) => [
      id,
      [...new Set(names.map(({ name }) => name))].slice(0, few),
    ]),
  );
}

function idsOf(entries: readonly Entry[]): string[] {
  return entries.map(({ id }) => id);
}
