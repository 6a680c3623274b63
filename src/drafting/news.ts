/**
 * News of a circulation: what those invited do there is told by mail to the editors who follow it, gathered for an hour.
 * The mail says who did what, and never what they wrote: that is confidential, and stands at the desk.
 */
import type { Transaction } from "../database/open.ts";
import { addJob } from "../jobs/queue.ts";
import type { NewsKind } from "../mail/content.ts";
import { inviteeName } from "./invitee.ts";
import { insertEvent, lockFollowers } from "./news-store.ts";

/** How long after the first news of a circulation they are told, in milliseconds. */
export const newsPause = 3_600_000;

/** Something that somebody invited did, as it is told. */
export interface NewsEvent {
  readonly inviteeId: string;
  /** Null once it is deleted. */
  readonly name: string | null;
  readonly organisation: string | null;
  readonly kind: NewsKind;
}

/** What one of those invited did. */
export interface Doings {
  /** Empty once it is deleted. */
  readonly name: string;
  readonly counts: ReadonlyMap<NewsKind, number>;
}

/** Somebody of the desk who follows a circulation. */
export interface Follower {
  readonly id: string;
  readonly name: string;
  /** Whether they are mailed: not who has switched such mail off, or edits no letters any more. */
  readonly mailed: boolean;
}

/**
 * Notes what somebody invited has done, in the transaction in which they did it, after everything that it locks. Those who
 * follow are told an hour after the first that nobody was told of.
 */
export async function noteEvent(
  trx: Transaction,
  letterId: string,
  inviteeId: string,
  kind: NewsKind,
  at: Date,
): Promise<void> {
  await lockFollowers(trx, letterId, "together");
  await insertEvent(trx, { letter_id: letterId, invitee_id: inviteeId, kind, at });
  // The queue goes by the clock of its database.
  const runAt = new Date(Date.now() + newsPause);
  await addJob(
    trx,
    "tell-followers",
    { letterId },
    { key: `tell-followers ${letterId}`, runAt, keepsTime: true },
  );
}

/** Events by who did them. Comments are counted; of signing, withdrawing and declining the last holds. */
export function gather(events: readonly NewsEvent[]): Doings[] {
  const people = Map.groupBy(events, ({ inviteeId }) => inviteeId);
  return Array.from(people.values(), (all) => {
    const counts = new Map<NewsKind, number>();
    const written = all.filter(({ kind }) => kind === "comment" || kind === "answer");
    for (const { kind } of written) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const answered = all.findLast((event) => !written.includes(event));
    if (answered) counts.set(answered.kind, 1);
    return { name: inviteeName(all[0]!), counts };
  });
}
