/** The names under a letter: verified ones, newest first, and apart from them those that were reported elsewhere. */
import type { Database } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import type { Entry, ReportedSignatory } from "./entry.ts";
import {
  newestSignatories,
  type PublicEvidence,
  reportedNamed,
  reportedSignatories,
  type Signatory,
  signatoriesLike,
  signatoriesNamed,
} from "./signatories-store.ts";

export type { PublicEvidence, Signatory };

/** Names on a page of names. */
const namesOnPage = 100;

/** Names of each kind on the letter's own page: enough to see who stands there, few enough to read on. */
export const namesOnLetter = 12;

/** A part of a list, and where the next part begins. */
export interface Names<Name> {
  readonly names: readonly Name[];
  readonly next?: number;
}

export interface Signatories {
  readonly organisations: Names<Signatory>;
  readonly people: Names<Signatory>;
  readonly reported: Names<ReportedSignatory>;
}

/**
 * The first names of each list. Reads no more rows for a million names than for a hundred.
 * @param limit how many verified names of each kind
 */
export async function signatoriesOf(db: Database, letter: Entry, limit = namesOnPage): Promise<Signatories> {
  const newest = async (kind: SignatoryKind) =>
    cut(await newestSignatories(db, letter.id, kind, undefined, limit + 1), limit, (last) => last.place);
  const [organisations, people, reported] = await Promise.all([
    letter.organisations > 0 ? newest("organisation") : { names: [] },
    letter.people > 0 ? newest("person") : { names: [] },
    letter.namedTotal > 0 ? listReported(db, letter.id) : { names: [] },
  ]);
  return { organisations, people, reported };
}

/** Names in a further part that machines read: a list of a hundred thousand is a hundred answers. */
export const namesForMachines = 1_000;

/** Verified names of one kind, newest first. `before` is the `next` of the part before. */
export async function listSignatories(
  db: Database,
  letterId: string,
  kind: SignatoryKind,
  before?: number,
  limit = namesOnPage,
): Promise<Names<Signatory>> {
  const rows = await newestSignatories(db, letterId, kind, before, limit + 1);
  return cut(rows, limit, (last) => last.place);
}

/** Names as reported, in their order. `after` is the `next` of the part before. */
export async function listReported(
  db: Database,
  letterId: string,
  after?: number,
): Promise<Names<ReportedSignatory>> {
  const rows = await reportedSignatories(db, letterId, after, namesOnPage + 1);
  return cut(rows, namesOnPage, (last) => last.position);
}

function cut<Name>(rows: readonly Name[], limit: number, mark: (last: Name) => number): Names<Name> {
  const names = rows.slice(0, limit);
  return rows.length > limit ? { names, next: mark(names.at(-1)!) } : { names };
}

/** Lists longer than this are not searched for names that only resemble the one asked for. */
const resembledAtMost = 50_000;

export interface FoundNames {
  readonly names: readonly Signatory[];
  /** There are more than are given. */
  readonly more: boolean;
  /** Nobody has this name; these resemble it. */
  readonly similar: boolean;
  /** Apart from them: names as reported. */
  readonly reported: Names<ReportedSignatory>;
}

const nobody: FoundNames = { names: [], more: false, similar: false, reported: { names: [] } };

/** Looks for a name under a letter: any word of it may begin with what the reader typed. */
export async function findSignatories(db: Database, letter: Entry, who: string): Promise<FoundNames> {
  const folded = fold(who.slice(0, 200));
  // Signs alone are found by no index: a long list would be read whole.
  if (!/[\p{L}\p{N}]/u.test(folded)) return nobody;
  const [found, named] = await Promise.all([
    signatoriesNamed(db, letter.id, folded, namesOnPage + 1),
    letter.namedTotal > 0 ? reportedNamed(db, letter.id, folded, namesOnPage + 1) : [],
  ]);
  const reported = cut(named, namesOnPage, (last) => last.position);
  if (found.length > 0) {
    const names = found.slice(0, namesOnPage).sort((a, b) => b.place - a.place);
    return { names, more: found.length > namesOnPage, similar: false, reported };
  }
  const many = letter.people + letter.organisations > resembledAtMost;
  if (folded.length < 4 || many || reported.names.length > 0) return { ...nobody, reported };
  return { ...nobody, names: await signatoriesLike(db, letter.id, folded, 20), similar: true };
}
