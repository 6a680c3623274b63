/**
 * A letter's draft: the copy that editors work on, before the letter is public and after. Its document is saved in
 * editions; frozen, it becomes a numbered revision that is circulated, commented on and compared (freeze.ts).
 */
import type { Queryable } from "../database/open.ts";
import { type DraftDocument, draftDocument } from "./document.ts";
import {
  type DraftRevisionRow,
  type DraftRow,
  selectDraft,
  selectDraftRevision,
  selectDraftRevisions,
  selectFrozenTexts,
  selectLastNumber,
} from "./draft-store.ts";

export type Stage = "drafting" | "circulating" | "published";

export interface Draft {
  readonly letterId: string;
  readonly stage: Stage;
  readonly document: DraftDocument;
  /** Whoever saves says which edition they began from. */
  readonly edition: number;
  readonly savedAt: Date;
  /** Null where the software did. */
  readonly savedBy: string | null;
  /** Null unless it was put aside. */
  readonly discardedAt: Date | null;
}

/** One frozen version. */
export interface DraftRevision {
  readonly number: number;
  readonly document: DraftDocument;
  /** Frozen drafts, this one among them, of which sign-ons stand for this one; those that nobody signed may be missing. */
  readonly covers: readonly number[];
  readonly note: string;
  readonly frozenAt: Date;
  readonly frozenBy: string | null;
  /** The letter's revision as which it was published. */
  readonly publishedAs: number | null;
}

/** A letter's draft; also one that was put aside. */
export async function findDraft(db: Queryable, letterId: string): Promise<Draft | undefined> {
  const row = await selectDraft(db, letterId);
  return row && draftOf(row);
}

/** Makes a draft of its row. */
export function draftOf(row: DraftRow): Draft {
  return {
    letterId: row.letter_id,
    stage: row.stage,
    document: draftDocument.parse(row.document),
    edition: row.edition,
    savedAt: row.saved_at,
    savedBy: row.saved_by_name,
    discardedAt: row.discarded_at,
  };
}

/** What is known of a frozen version beside what it says. */
export type ListedRevision = Omit<DraftRevision, "document">;

/** A draft's frozen revisions, the latest first; without their documents. */
export async function listDraftRevisions(db: Queryable, letterId: string): Promise<ListedRevision[]> {
  return (await selectDraftRevisions(db, letterId)).map(listedRevisionOf);
}

/** How many frozen revisions a draft has; the latest has this number. */
export function countDraftRevisions(db: Queryable, letterId: string): Promise<number> {
  return selectLastNumber(db, letterId);
}

/** One of them: by its number, the latest, or the one that became the letter's first text. */
export async function findDraftRevision(
  db: Queryable,
  letterId: string,
  which: number | "latest" | "published",
): Promise<DraftRevision | undefined> {
  const row = await selectDraftRevision(db, letterId, which);
  return row && { ...listedRevisionOf(row), document: draftDocument.parse(row.document) };
}

/** What some of them say, by their numbers, the latest first: for whoever compares each with a text. */
export async function listFrozenTexts(
  db: Queryable,
  letterId: string,
  numbers: readonly number[],
): Promise<Pick<DraftRevision, "number" | "document" | "covers">[]> {
  if (numbers.length === 0) return [];
  const rows = await selectFrozenTexts(db, letterId, numbers);
  return rows.map((row) => ({ ...row, document: draftDocument.parse(row.document) }));
}

function listedRevisionOf(row: Omit<DraftRevisionRow, "document">): ListedRevision {
  return {
    number: row.number,
    covers: row.covers,
    note: row.note,
    frozenAt: row.frozen_at,
    frozenBy: row.frozen_by_name,
    publishedAs: row.published_as,
  };
}
