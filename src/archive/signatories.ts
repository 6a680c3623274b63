/** The names under a letter: verified ones, newest first, and apart from them those that were reported elsewhere. */
import type { Database } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import type { Entry, NamedSignatory } from "./entry.ts";
import {
  newestSignatories,
  reportedSignatories,
  type Signatory,
  signatoriesLike,
  signatoriesNamed,
} from "./signatories-store.ts";

export type { Signatory };

/** Names on a page. */
export const namesOnPage = 100;

/** A part of a list, and where the next part begins. */
export interface Names<Name> {
  readonly names: readonly Name[];
  readonly next?: number;
}

export interface Signatories {
  readonly organisations: Names<Signatory>;
  readonly people: Names<Signatory>;
  readonly reported: Names<NamedSignatory>;
}

/** The first names of each list. Reads no more rows for a million names than for a hundred. */
export async function signatoriesOf(db: Database, letter: Entry): Promise<Signatories> {
  const [organisations, people, reported] = await Promise.all([
    letter.organisations > 0 ? listSignatories(db, letter.id, "organisation") : { names: [] },
    letter.people > 0 ? listSignatories(db, letter.id, "person") : { names: [] },
    letter.namedTotal > 0 ? listReported(db, letter.id) : { names: [] },
  ]);
  return { organisations, people, reported };
}

/** Verified names of one kind, newest first. `before` is the `next` of the part before. */
export async function listSignatories(
  db: Database,
  letterId: string,
  kind: SignatoryKind,
  before?: number,
): Promise<Names<Signatory>> {
  const rows = await newestSignatories(db, letterId, kind, before, namesOnPage + 1);
  return cut(rows, (last) => last.place);
}

/** Names as reported, in their order. `after` is the `next` of the part before. */
export async function listReported(
  db: Database,
  letterId: string,
  after?: number,
): Promise<Names<NamedSignatory>> {
  const rows = await reportedSignatories(db, letterId, after, namesOnPage + 1);
  return cut(rows, (last) => last.position);
}

function cut<Name>(rows: readonly Name[], mark: (last: Name) => number): Names<Name> {
  const names = rows.slice(0, namesOnPage);
  return rows.length > namesOnPage ? { names, next: mark(names.at(-1)!) } : { names };
}

/** Lists longer than this are not searched for names that only resemble the one asked for. */
const resembledAtMost = 50_000;

export interface FoundNames {
  readonly names: readonly Signatory[];
  /** There are more than are given. */
  readonly more: boolean;
  /** Nobody has this name; these resemble it. */
  readonly similar: boolean;
}

/** Looks for a name under a letter: any word of it may begin with what the reader typed. */
export async function findSignatories(db: Database, letter: Entry, who: string): Promise<FoundNames> {
  const folded = fold(who.slice(0, 200));
  if (folded === "") return { names: [], more: false, similar: false };
  const found = await signatoriesNamed(db, letter.id, folded, namesOnPage + 1);
  if (found.length > 0) {
    const names = found.slice(0, namesOnPage).sort((a, b) => b.place - a.place);
    return { names, more: found.length > namesOnPage, similar: false };
  }
  if (folded.length < 4 || letter.people + letter.organisations > resembledAtMost) {
    return { names: [], more: false, similar: false };
  }
  return { names: await signatoriesLike(db, letter.id, folded, 20), more: false, similar: true };
}
