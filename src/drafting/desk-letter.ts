/** A letter as the pages of the desk name it, whether or not it is public. */
import type { Queryable } from "../database/open.ts";
import { type PartialDate, partialDateFromNumber } from "../foundation/partial-date.ts";
import {
  countStages,
  type DeskLetterRow,
  type ReportedMore,
  selectDeskLetter,
  selectListed,
} from "./desk-letter-store.ts";

export const deskStages = ["drafting", "circulating", "open", "closed", "invited", "archived"] as const;
/** drafting and circulating: not public yet. the others: the states of a public letter. */
export type DeskStage = (typeof deskStages)[number];

export interface DeskLetter {
  readonly id: string;
  readonly stage: DeskStage;
  /** Empty for a draft that has none yet. */
  readonly title: string;
  readonly titleLanguage: string;
  /** Of its public page; null before it is public. */
  readonly slug: string | null;
  /** The last day for signing (UTC), yyyy-mm-dd. */
  readonly closesOn: string | null;
  readonly people: number;
  readonly organisations: number;
  /** When it becomes public by itself; null where no time is set. */
  readonly scheduledFor: Date | null;
  readonly discarded: boolean;
}

/** @param language the reader's, in which the title is given where there is one */
export async function findDeskLetter(
  db: Queryable,
  id: string,
  language: string,
): Promise<DeskLetter | undefined> {
  const row = await selectDeskLetter(db, id, language);
  return row && deskLetterOf(row);
}

/** A letter as a list shows it. */
export interface ListedLetter extends DeskLetter {
  /** The date under a public letter. */
  readonly date: PartialDate | undefined;
  readonly closedAt: Date | null;
  /** Of a circulation: until when those invited can sign. */
  readonly deadline: Date | null;
  /** Names as reported, of letters from before. */
  readonly reported: number;
  /** Those reported besides, without their names; null where nobody is. */
  readonly more: ReportedMore | null;
  /** The last time that somebody of the desk changed it; null where nobody has. */
  readonly changedAt: Date | null;
  /** Null where the software did. */
  readonly changedBy: string | null;
}

/**
 * Letters of one stage that were not put aside: drafts by when they were saved, public letters by date; the latest
 * first.
 */
export async function listDeskLetters(
  db: Queryable,
  language: string,
  stage: DeskStage,
  { offset = 0, limit }: { readonly offset?: number; readonly limit: number },
): Promise<ListedLetter[]> {
  const which = { stage, public: stage !== "drafting" && stage !== "circulating" };
  return (await selectListed(db, language, which, offset, limit)).map((row) => ({
    ...deskLetterOf(row),
    date: row.dated === null ? undefined : partialDateFromNumber(row.dated),
    closedAt: row.closed_at,
    deadline: row.deadline,
    reported: row.reported,
    more: row.more,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  }));
}

/** How many letters there are of each stage. */
export async function countDeskLetters(db: Queryable): Promise<Readonly<Record<DeskStage, number>>> {
  const counts = { drafting: 0, circulating: 0, open: 0, closed: 0, invited: 0, archived: 0 };
  for (const { stage, letters } of await countStages(db)) counts[stage as DeskStage] = letters;
  return counts;
}

function deskLetterOf(row: DeskLetterRow): DeskLetter {
  return {
    id: row.id,
    stage: row.stage as DeskStage,
    title: row.title?.trim() ?? "",
    titleLanguage: row.title_language,
    slug: row.slug,
    closesOn: row.closes_on,
    people: row.people,
    organisations: row.organisations,
    scheduledFor: row.scheduled_for,
    discarded: row.discarded_at !== null,
  };
}
