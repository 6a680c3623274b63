/** All recurring work, on this page. Times are UTC; with several servers on one database each happens once. */
import { type ParsedCronItem, parseCronItems } from "graphile-worker";
import type { JobPayloads } from "./queue.ts";

interface Recurring {
  readonly task: keyof JobPayloads | "release-jobs" | "forget-failed-jobs";
  /** minute hour day month weekday, as in crontab(5) */
  readonly match: string;
  /** How far back a missed one is made up for when a server starts, in milliseconds. */
  readonly backfillPeriod?: number;
}

const day = 24 * 60 * 60 * 1000;

const recurring: readonly Recurring[] = [
  // Jobs that a killed server was at work on go to another.
  { task: "release-jobs", match: "* * * * *" },
  // Jobs that failed for good are kept for thirty days, for whoever asks why.
  { task: "forget-failed-jobs", match: "41 3 * * *" },
  // Letters whose last day has passed are closed.
  { task: "close-letters", match: "0 0 * * *", backfillPeriod: day },
  // Entries that nobody confirmed, links that have ended, records of what was mailed to whom.
  { task: "purge-signing", match: "11 3 * * *", backfillPeriod: day },
  // Networks from which forms came, once their hour has passed.
  { task: "forget-networks", match: "*/10 * * * *" },
  // Those invited to a draft who have not answered, before its deadline.
  { task: "remind-invited", match: "0 * * * *" },
  // Addresses of those invited to drafts, some weeks after the end of it.
  { task: "purge-circulation", match: "29 3 * * *", backfillPeriod: day },
  // Files of signatories that nobody brought in within a day.
  { task: "purge-uploads", match: "7 * * * *" },
  // Links to the desk, sessions and failed sign-ins that have ended.
  { task: "purge-people", match: "23 3 * * *", backfillPeriod: day },
  // Drafts that were put aside more than thirty days ago.
  { task: "purge-drafts", match: "29 3 * * *", backfillPeriod: day },
];

/** The schedule as the queue reads it. */
export function cronItems(): ParsedCronItem[] {
  return parseCronItems(
    recurring.map(({ task, match, backfillPeriod }) => ({
      task,
      match,
      options: { ...(backfillPeriod && { backfillPeriod }), maxAttempts: 3 },
    })),
  );
}
