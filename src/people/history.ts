/** Reading what was done at the desk. */
import type { Queryable } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import type { Facts } from "./act.ts";
import { selectActKinds, selectActs } from "./act-store.ts";
import type { Role } from "./roles.ts";

export interface PastAct {
  readonly id: number;
  readonly at: Date;
  readonly actor: "account" | "operator" | "system";
  readonly actorName: string | null;
  readonly act: string;
  readonly subjectId: string | null;
  readonly subjectName: string | null;
  readonly letterId: string | null;
  readonly before: Facts | null;
  readonly after: Facts | null;
}

export interface ActFilter {
  /** An owner reads everything; others what concerns letters, and what they did themselves. */
  readonly reader: { readonly all: boolean; readonly accountId: string };
  readonly act?: string | undefined;
  readonly letterId?: string | undefined;
  /** Only what came before this row. */
  readonly before?: number | undefined;
}

/** A word that is searched for, folded, and the acts that are called by it where they are read. */
export interface SoughtWord {
  readonly word: string;
  readonly acts: readonly string[];
}

/** How many acts a page shows. */
const pageSize = 50;

/** Whose history somebody may read. */
export function readerOf(account: { readonly id: string; readonly role: Role }): ActFilter["reader"] {
  return { all: account.role === "owner", accountId: account.id };
}

/**
 * Acts, the latest first.
 * @param query words that all have to occur in names, values or what acts are called, whatever their case and accents
 * @param called what acts are called, by their kind, in the language of whoever searches
 * @returns a page of them, and the row before which the next page begins if there is one
 */
export async function searchHistory(
  db: Queryable,
  query: string,
  filter: ActFilter,
  called: ReadonlyMap<string, string>,
): Promise<{ readonly acts: readonly PastAct[]; readonly next?: number }> {
  const names = Array.from(called, ([act, name]) => ({ act, name: fold(name) }));
  const words = fold(query.slice(0, 200))
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => ({
      word,
      acts: names.filter(({ name }) => name.includes(word)).map(({ act }) => act),
    }));
  const found = await selectActs(db, { ...filter, words, limit: pageSize + 1 });
  const acts = found.slice(0, pageSize);
  return found.length > pageSize ? { acts, next: acts.at(-1)!.id } : { acts };
}

/** Which acts there have been, to choose among: of the whole site, or of one letter. */
export function listActKinds(db: Queryable, letterId?: string): Promise<string[]> {
  return selectActKinds(db, letterId);
}
