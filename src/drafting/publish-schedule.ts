/** Publishing at a set time: exactly the frozen draft for which the time was set, once, and not a moment before. */
import type { Database, Queryable, Transaction } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import type { Keys } from "../foundation/keys.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { wallTimeAt } from "../foundation/time-zone.ts";
import { addJob, dropJobs } from "../jobs/queue.ts";
import { type Actor, recordAct } from "../people/act.ts";
import { titleIn } from "./document.ts";
import { findDraftRevision } from "./draft.ts";
import { selectDraft } from "./draft-store.ts";
import { tellEmbargo } from "./embargo-tell.ts";
import { type NotPublished, publicationJob, publishFrozen, readyDraft } from "./publish.ts";
import type { PublicationPlan } from "./publish-input.ts";
import {
  endSchedule,
  insertSchedule,
  type ScheduleRow,
  selectLastSchedule,
  selectSchedule,
  selectUnkept,
  upsertPlan,
} from "./publish-store.ts";

export type Schedule = ScheduleRow;

/** How long after its time a letter counts as overdue, in milliseconds. */
const patience = 2 * 60_000;

/**
 * Sets the time at which a draft becomes public, as it is saved now; one that was set before is replaced, and who was mailed
 * a link under embargo is told.
 * @param when the instant, and the time zone in which it was chosen
 * @param seen the edition that was looked at; where another has been saved since, nothing is done
 */
export function schedulePublication(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
  plan: PublicationPlan,
  when: { readonly at: Date; readonly timeZone: string },
  seen?: number,
): Promise<{ readonly draft: number } | NotPublished | Problem<"time-past">> {
  return inTransaction(db, async (trx) => {
    const now = clock();
    if (when.at <= now) return problem("time-past");
    const draft = await readyDraft(trx, actor, letterId, plan, wallTimeAt(when.timeZone, when.at), now, seen);
    if (typeof draft !== "number") return draft;
    const before = await endSchedule(trx, letterId, "cancelled");
    await upsertPlan(trx, letterId, plan);
    const id = newId();
    await insertSchedule(trx, {
      id,
      letterId,
      draft,
      ...when,
      ...plan,
      madeAt: now,
      madeBy: actor.id,
    });
    await addPublicationJob(trx, clock, { id, letterId, at: when.at });
    if (before?.at.getTime() !== when.at.getTime()) await tellEmbargo(trx, keys, letterId, "embargo-moved");
    await recordAct(trx, now, {
      actor,
      act: "letter.schedule",
      subject: { id: letterId, name: await nameOf(trx, letterId, draft) },
      letterId,
      ...(before && { before: { time: before.at.toISOString(), zone: before.timeZone } }),
      after: { time: when.at.toISOString(), zone: when.timeZone, draft },
    });
    return { draft };
  });
}

/** The queue goes by the database's clock, the site by its own: the job is due when as much time has passed. */
async function addPublicationJob(
  db: Queryable,
  clock: Clock,
  { id, letterId, at }: Pick<Schedule, "id" | "letterId" | "at">,
): Promise<void> {
  const runAt = new Date(Date.now() + Math.max(0, at.getTime() - clock().getTime()));
  await addJob(db, "publish-letter", { schedule: id }, { runAt, key: publicationJob(letterId) });
}

/** Takes the time back, and tells who was mailed a link; the draft stays as it is. Without one nothing happens. */
export function cancelPublication(
  db: Database,
  keys: Keys,
  clock: Clock,
  actor: Exclude<Actor, string>,
  letterId: string,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await selectDraft(trx, letterId, "lock");
    await callOff(trx, keys, actor, letterId, clock());
  });
}

/** The same, within a transaction of more; the draft is held by the caller. */
export async function callOff(
  trx: Transaction,
  keys: Keys,
  actor: Actor,
  letterId: string,
  at: Date,
): Promise<void> {
  const schedule = await selectLastSchedule(trx, letterId);
  const ended = await endSchedule(trx, letterId, "cancelled");
  if (!schedule || !ended) return;
  await dropJobs(trx, [publicationJob(letterId)]);
  await tellEmbargo(trx, keys, letterId, "embargo-off");
  await recordAct(trx, at, {
    actor,
    act: "letter.unschedule",
    subject: { id: letterId, name: await nameOf(trx, letterId, schedule.draft) },
    letterId,
    before: { time: ended.at.toISOString(), zone: ended.timeZone },
  });
}

/**
 * The job: publishes what was scheduled. It does nothing where that was called off, changed or done; where the site's
 * clock is behind the queue's, it comes again. What cannot be published is written down for the desk, and told
 * to who was mailed a link. Anything unforeseen throws, and the queue tries again.
 */
export function publishScheduled(db: Database, keys: Keys, clock: Clock, id: string): Promise<void> {
  return inTransaction(db, async (trx) => {
    const found = await selectSchedule(trx, id);
    if (!found) return;
    await selectDraft(trx, found.letterId, "lock");
    const schedule = (await selectSchedule(trx, id))!;
    if (schedule.state !== "waiting") return;
    const { letterId, draft, at, timeZone } = schedule;
    if (clock() < at) return addPublicationJob(trx, clock, schedule);
    const done = await publishFrozen(
      trx,
      keys,
      clock,
      "system",
      letterId,
      draft,
      schedule,
      wallTimeAt(timeZone, at),
    );
    if ("slug" in done) return;
    const failure = "missing" in done ? done.missing : [done.problem];
    await endSchedule(trx, letterId, "failed", failure);
    await tellEmbargo(trx, keys, letterId, "embargo-off");
    await recordAct(trx, clock(), {
      actor: "system",
      act: "letter.not-published",
      subject: { id: letterId, name: await nameOf(trx, letterId, draft) },
      letterId,
      after: { draft, time: at.toISOString(), why: failure.join(", ") },
    });
  });
}

/** A letter's latest schedule; undefined where there was none, or the last one was called off. */
export async function findSchedule(db: Queryable, letterId: string): Promise<Schedule | undefined> {
  const last = await selectLastSchedule(db, letterId);
  return last?.state === "cancelled" ? undefined : last;
}

/** Letters that were not published at their time: it failed, or is overdue. */
export function listUnkept(
  db: Queryable,
  clock: Clock,
): Promise<{ readonly letterId: string; readonly at: Date }[]> {
  return selectUnkept(db, new Date(clock().getTime() - patience));
}

async function nameOf(db: Queryable, letterId: string, draft: number): Promise<string | undefined> {
  const frozen = await findDraftRevision(db, letterId, draft);
  return frozen && (titleIn(frozen.document, frozen.document.language).title || undefined);
}
