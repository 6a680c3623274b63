/** Signatures as the desk sees them, in every state, with the address; page by page. */
import type { Queryable } from "../database/open.ts";
import { parseEmailAddress } from "../foundation/email-address.ts";
import { fold } from "../foundation/fold.ts";
import { isId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem } from "../foundation/problem.ts";
import { findLoggedSignature } from "../transparency/find-entry.ts";
import { type Condition, heldFilter } from "./condition.ts";
import type { Decision } from "./decision.ts";
import { countHeld, selectDecision, selectDecisions } from "./decision-store.ts";
import {
  type DeskRow,
  type PageEnd,
  type PastChange,
  searchOfLetter,
  selectChanges,
  selectDeskRow,
  selectHeldLetters,
  selectHeldSummary,
  selectLettersOf,
  selectOfLetter,
  selectQueue,
} from "./desk-store.ts";
import type { SignatureState } from "./signature.ts";

/** How many signatures, or decisions, a page of the desk shows. */
const deskPage = 50;

export interface DeskSignature extends Omit<DeskRow, "emailSealed"> {
  /** Null once it is erased. */
  readonly address: string | null;
}

export interface DeskSignatures {
  readonly signatures: readonly DeskSignature[];
  /** Where the next page begins, if there is one. */
  readonly next?: string;
}

function opened({ emailSealed, ...row }: DeskRow, keys: Keys): DeskSignature {
  return { ...row, address: emailSealed && keys.open(emailSealed) };
}

/** Where a page of a list ends, as it stands in an address: an instant in milliseconds and an id. */
function readPageEnd(text: string | undefined): PageEnd | undefined {
  const [, at, id] = /^(\d{1,15})-(.+)$/.exec(text ?? "") ?? [];
  return at && id && isId(id) ? { at: new Date(Number(at)), id } : undefined;
}

function pageEnd(at: Date, id: string): string {
  return `${at.getTime()}-${id}`;
}

function paged(keys: Keys, rows: readonly DeskRow[], at: (row: DeskRow) => Date): DeskSignatures {
  const signatures = rows.slice(0, deskPage).map((row) => opened(row, keys));
  if (rows.length <= deskPage) return { signatures };
  const last = rows[deskPage - 1]!;
  return { signatures, next: pageEnd(at(last), last.id) };
}

/** Held signatures, the oldest first: of the site or of one letter, as described. */
export async function listHeld(
  db: Queryable,
  keys: Keys,
  letterId: string | undefined,
  condition: Condition,
  after?: string,
): Promise<DeskSignatures> {
  const filter = heldFilter(keys, letterId, condition);
  const rows = await selectQueue(db, filter, readPageEnd(after), deskPage + 1);
  return paged(keys, rows, ({ heldAt }) => heldAt!);
}

/** How many are held as described; where there are more than a limit, one more than that. */
export function countDescribed(
  db: Queryable,
  keys: Keys,
  letterId: string,
  condition: Condition,
  limit: number,
): Promise<number> {
  return countHeld(db, heldFilter(keys, letterId, condition), limit + 1);
}

/** How many are held in all, and since when the oldest is. */
export function heldSummary(db: Queryable): Promise<{ readonly held: number; readonly oldest: Date | null }> {
  return selectHeldSummary(db);
}

/** The letters under which something is held, with how many: those with the most first. */
export function heldLetters(db: Queryable): Promise<readonly { letterId: string; held: number }[]> {
  return selectHeldLetters(db);
}

/** The letter under which each of some signatures stands, with those of each. */
export async function byLetter(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = ids.length > 0 ? await selectLettersOf(db, ids) : [];
  const groups = Map.groupBy(rows, ({ letterId }) => letterId);
  return new Map(Array.from(groups, ([letterId, those]) => [letterId, those.map(({ id }) => id)]));
}

/**
 * Signatures of a letter, the latest entry first.
 * @param query words of a name, or a whole address; what is found by it is one page
 */
export async function listOfLetter(
  db: Queryable,
  keys: Keys,
  letterId: string,
  {
    state,
    query,
    after,
  }: { readonly state?: SignatureState | undefined; query: string; after?: string | undefined },
): Promise<DeskSignatures> {
  const words = fold(query).split(" ").filter(Boolean);
  if (words.length === 0)
    return paged(
      keys,
      await selectOfLetter(db, letterId, state, readPageEnd(after), deskPage + 1),
      ({ createdAt }) => createdAt,
    );
  const email = parseEmailAddress(query);
  const emailHash = isProblem(email) ? undefined : keys.addressHash(email.canonical);
  const rows = await searchOfLetter(db, letterId, state, { words, emailHash }, deskPage);
  return { signatures: rows.map((row) => opened(row, keys)) };
}

export interface DeskSignatureFacts extends DeskSignature {
  readonly changes: readonly PastChange[];
  /** The decision by which it came into its state. */
  readonly decision: Decision | undefined;
  /** Where its entry stands in the log. */
  readonly entry: number | undefined;
}

/** One signature of a letter, and what became of it. */
export async function findDeskSignature(
  db: Queryable,
  keys: Keys,
  letterId: string,
  id: string,
): Promise<DeskSignatureFacts | undefined> {
  const row = await selectDeskRow(db, letterId, id);
  if (!row) return undefined;
  const decision = row.decisionId ? await selectDecision(db, row.decisionId) : undefined;
  const logged = await findLoggedSignature(db, id);
  return { ...opened(row, keys), changes: await selectChanges(db, id), decision, entry: logged?.index };
}

/** What was decided, the latest first, page by page: of the site or of one letter. @param after where a page begins */
export async function listDecisions(
  db: Queryable,
  letterId: string | undefined,
  after: string | undefined,
): Promise<{ readonly decisions: readonly Decision[]; readonly next?: string }> {
  const rows = await selectDecisions(db, letterId, readPageEnd(after), deskPage + 1);
  const decisions = rows.slice(0, deskPage);
  const last = decisions.at(-1);
  return { decisions, ...(last && rows.length > deskPage && { next: pageEnd(last.decidedAt, last.id) }) };
}
