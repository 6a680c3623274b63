/** What the desk is told about a letter's signatures: kept counts, whatever their number. */
import type { Queryable } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import { type DeskCounts, findDeskCounts } from "./counts.ts";
import {
  type CountryRow,
  type DayRow,
  type ReportedRow,
  selectAll,
  selectCountries,
  selectDays,
  selectReported,
  selectUndeliverable,
} from "./statistics-store.ts";
import type { Numbers } from "./tally-store.ts";

export type { CountryRow, DayRow, ReportedRow } from "./statistics-store.ts";
export type { Numbers } from "./tally-store.ts";

/** So many refused addresses are counted; there may be more then. */
export const undeliverableAtMost = 10_000;

export interface Statistics {
  /** Signatures that stand. */
  readonly all: Numbers;
  /** From when to when it is signed, or was: days (yyyy-mm-dd, UTC). Undefined where it never opened here. */
  readonly span: { readonly first: string; readonly last: string } | undefined;
  /** By the day on which they were accepted; days without any are left out. Withdrawn ones have gone from their day. */
  readonly days: readonly DayRow[];
  /** The most first. */
  readonly countries: readonly CountryRow[];
  /** Those that readers do not see, by their state. */
  readonly desk: DeskCounts;
  /** Addresses that their mail servers refused for good; each at most undeliverableAtMost. */
  readonly undeliverable: { readonly pending: number; readonly confirmed: number };
  /** From before this site, unverified: never added to the others. */
  readonly reported: ReportedRow | undefined;
}

/** @returns undefined when there is no such public letter */
export async function findStatistics(
  db: Queryable,
  clock: Clock,
  letterId: string,
): Promise<Statistics | undefined> {
  const letter = await selectAll(db, letterId);
  if (!letter) return undefined;
  const { state, opened, closed, closes, ...all } = letter;
  const days = await selectDays(db, letterId);
  const end = state === "closed" ? earlier(closes, closed) : clock().toISOString().slice(0, 10);
  return {
    all,
    span: opened
      ? {
          first: [opened, days[0]?.day ?? opened].sort()[0]!,
          last: [opened, end ?? opened, days.at(-1)?.day ?? opened].sort().at(-1)!,
        }
      : undefined,
    days,
    countries: await selectCountries(db, letterId),
    desk: await findDeskCounts(db, letterId),
    undeliverable: await selectUndeliverable(db, letterId, undeliverableAtMost),
    reported: await selectReported(db, letterId),
  };
}

function earlier(...days: readonly (string | null)[]): string | undefined {
  return days.filter((day) => day !== null).sort()[0];
}
