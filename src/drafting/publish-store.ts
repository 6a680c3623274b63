/** The SQL of publishing: how and when a draft becomes public. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { PublicationPlan } from "./publish-input.ts";

/** How a draft is to become public, as decided so far. */
export async function selectPlan(db: Queryable, letterId: string): Promise<PublicationPlan | undefined> {
  const { rows } = await sql<PublicationPlan>`
    select opens, to_char(closes_on, 'YYYY-MM-DD') as "closesOn", slug
    from publication_plan where letter_id = ${letterId}`.execute(db);
  return rows[0];
}

export async function upsertPlan(trx: Transaction, letterId: string, plan: PublicationPlan): Promise<void> {
  await sql`insert into publication_plan (letter_id, opens, closes_on, slug)
    values (${letterId}, ${plan.opens}, ${plan.closesOn}::date, ${plan.slug})
    on conflict (letter_id) do update
      set opens = excluded.opens, closes_on = excluded.closes_on, slug = excluded.slug`.execute(trx);
}

export interface ScheduleRow {
  readonly id: string;
  readonly letterId: string;
  /** The number of the frozen draft. */
  readonly draft: number;
  readonly at: Date;
  readonly timeZone: string;
  readonly opens: boolean;
  readonly closesOn: string | null;
  readonly slug: string | null;
  readonly madeBy: string | null;
  readonly state: "waiting" | "published" | "cancelled" | "failed";
  readonly failure: string[] | null;
}

const scheduleColumns = sql`
  s.id, s.letter_id as "letterId", s.draft, s.at, s.time_zone as "timeZone", s.opens,
  to_char(s.closes_on, 'YYYY-MM-DD') as "closesOn", s.slug, s.state, s.failure,
  (select name from account where id = s.made_by) as "madeBy"`;

/** A letter's latest schedule, whatever became of it. */
export async function selectLastSchedule(db: Queryable, letterId: string): Promise<ScheduleRow | undefined> {
  const { rows } = await sql<ScheduleRow>`
    select ${scheduleColumns} from publication_schedule s where s.letter_id = ${letterId}
    order by s.made_at desc, s.state = 'waiting' desc limit 1`.execute(db);
  return rows[0];
}

/** One schedule; its draft is to be held first. */
export async function selectSchedule(db: Queryable, id: string): Promise<ScheduleRow | undefined> {
  const { rows } = await sql<ScheduleRow>`
    select ${scheduleColumns} from publication_schedule s where s.id = ${id}`.execute(db);
  return rows[0];
}

/** Schedules of letters that are not public yet which have failed, or should have been carried out before an instant. */
export async function selectUnkept(
  db: Queryable,
  before: Date,
): Promise<{ readonly letterId: string; readonly at: Date }[]> {
  const { rows } = await sql<{ letterId: string; at: Date }>`
    select d.letter_id as "letterId", s.at
    from draft d
      join lateral (select at, state from publication_schedule where letter_id = d.letter_id
                    order by made_at desc, state = 'waiting' desc limit 1) s on true
    where d.stage <> 'published' and d.discarded_at is null
      and (s.state = 'failed' or (s.state = 'waiting' and s.at < ${before}))
    order by s.at`.execute(db);
  return rows;
}

/** A time for which a letter waits; it must not wait for another one. */
export async function insertSchedule(
  trx: Transaction,
  schedule: Omit<ScheduleRow, "madeBy" | "state" | "failure"> & {
    readonly madeAt: Date;
    readonly madeBy: string | null;
  },
): Promise<void> {
  const { id, letterId, draft, at, timeZone, opens, closesOn, slug, madeAt, madeBy } = schedule;
  await sql`insert into publication_schedule
      (id, letter_id, draft, at, time_zone, opens, closes_on, slug, made_at, made_by, state)
    values (${id}, ${letterId}, ${draft}, ${at}, ${timeZone}, ${opens}, ${closesOn}::date, ${slug}, ${madeAt}, ${madeBy}, 'waiting')`.execute(
    trx,
  );
}

/** Ends the schedule that waits for a letter, if one does. @returns it */
export async function endSchedule(
  trx: Transaction,
  letterId: string,
  state: "published" | "cancelled" | "failed",
  failure: readonly string[] | null = null,
): Promise<{ readonly at: Date; readonly timeZone: string } | undefined> {
  const { rows } = await sql<{ at: Date; timeZone: string }>`
    update publication_schedule set state = ${state}, failure = ${failure}::text[]
    where letter_id = ${letterId} and state = 'waiting' returning at, time_zone as "timeZone"`.execute(trx);
  return rows[0];
}
