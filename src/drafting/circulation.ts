/**
 * Circulation: a letter's frozen drafts among those who are invited, under embargo. Editors begin it (circulate.ts); it
 * ends when the letter becomes public (circulate-end.ts).
 */
import type { Queryable } from "../database/open.ts";
import { selectCirculation, selectStanding } from "./circulation-store.ts";

/** What editors decide about it. */
export interface CirculationSettings {
  /** Until when signing is possible; null where no end is set. */
  readonly deadline: Date | null;
  /** By whose clocks it was chosen, an IANA name. */
  readonly timeZone: string;
  /** So many days before the deadline those who have not answered are reminded; 0 is the day itself. */
  readonly remindDays: readonly number[];
  /** To those who are invited; may be empty. */
  readonly message: string;
}

export interface Circulation extends CirculationSettings {
  readonly letterId: string;
  readonly beganAt: Date;
  /** When the letter became public. */
  readonly endedAt: Date | null;
}

/** The days before a deadline on which reminders can be sent. */
export const reminderDays = [14, 7, 3, 2, 1, 0] as const;
/** Those that are proposed. */
export const firstReminderDays: readonly number[] = [7, 2, 1];

/** Nothing where a letter was never circulated. */
export function findCirculation(db: Queryable, letterId: string): Promise<Circulation | undefined> {
  return selectCirculation(db, letterId);
}

/** Whether those invited can sign at an instant. Reading and commenting goes on after the deadline. */
export function takesSignOns({ deadline, endedAt }: Circulation, now: Date): boolean {
  return endedAt === null && (deadline === null || now < deadline);
}

/** A circulation in numbers. Those whose links were taken back are not counted. */
export interface CirculationStanding {
  readonly circulation: Circulation;
  readonly invited: number;
  /** Who pressed the button that opens the draft. */
  readonly opened: number;
  /** Whose sign-on stands: for the words of the latest frozen draft, without a condition or with one that is met. */
  readonly signed: number;
  /** Whose condition waits for an editor. */
  readonly waiting: number;
  /** Who signed other words than those of the latest frozen draft. */
  readonly toRenew: number;
  readonly declined: number;
  /** Threads, and of these the ones that are not settled. */
  readonly comments: number;
  readonly openComments: number;
}

/** How a circulation stands; nothing where a letter was never circulated. One look at what belongs to this letter. */
export async function circulationStanding(
  db: Queryable,
  letterId: string,
): Promise<CirculationStanding | undefined> {
  const circulation = await selectCirculation(db, letterId);
  return circulation && { circulation, ...(await selectStanding(db, letterId)) };
}
