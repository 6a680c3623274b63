/** What waits for editors at all circulations that are under way. */
import type { Queryable } from "../database/open.ts";
import { selectUnansweredThreads } from "./comment-store.ts";
import { selectUndecided } from "./sign-on-store.ts";

/** What waits at one letter: how many, and since when the oldest. */
export interface Waiting {
  readonly letterId: string;
  readonly count: number;
  readonly oldest: Date;
}

/** Open threads in which somebody who is invited has the last word; the letter where the oldest waits comes first. */
export function waitingComments(db: Queryable): Promise<Waiting[]> {
  return selectUnansweredThreads(db);
}

/** Sign-ons on a condition that is not decided; the letter where the oldest waits comes first. */
export function waitingConditions(db: Queryable): Promise<Waiting[]> {
  return selectUndecided(db);
}
