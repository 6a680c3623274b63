/**
 * Names that are written down as reported, held against the names that the site watches: like those of a file
 * (signing/import/bring-in.ts), they would be public without another look.
 */
import type { Queryable } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import type { ReportedSignatories } from "../letters/record-letter.ts";
import { findWatchedAmong } from "../signing/watch-list.ts";

export type ReportedName = ReportedSignatories["namedSignatories"][number];

export interface WatchedName extends ReportedName {
  /** The name on the site's list that it resembles. */
  readonly watched: string;
}

/** What somebody decided about names that resemble watched ones, by their keys. */
export interface WatchedLooks {
  /** Those that were shown. */
  readonly looked: ReadonlySet<string>;
  /** Those of them that are let in. */
  readonly letIn: ReadonlySet<string>;
}

/**
 * Those who resemble a watched name.
 * @param before who stands there already: they are not looked at again
 */
export async function findWatchedReported(
  db: Queryable,
  named: readonly ReportedName[],
  before: readonly ReportedName[],
): Promise<WatchedName[]> {
  const known = new Set(before.map(keyOf));
  const added = named.filter((one) => !known.has(keyOf(one)));
  const found = await findWatchedAmong(db, added, ({ name }) => [name]);
  return found.map(({ one, watched }) => ({ ...one, watched }));
}

/** By what two names are taken for one. */
export function keyOf({ kind, name }: ReportedName): string {
  return `${kind} ${fold(name)}`;
}
