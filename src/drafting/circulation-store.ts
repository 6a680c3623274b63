/** The SQL of circulations: when each began, until when, and how it stands in numbers. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { Circulation, CirculationSettings, CirculationStanding } from "./circulation.ts";

/** @param how "lock" holds it until the transaction ends */
export async function selectCirculation(
  db: Queryable,
  letterId: string,
  how: "look" | "lock" = "look",
): Promise<Circulation | undefined> {
  const { rows } = await sql<Circulation>`
    select letter_id as "letterId", began_at as "beganAt", deadline, time_zone as "timeZone", remind_days as "remindDays",
      message, ended_at as "endedAt"
    from circulation where letter_id = ${letterId} ${how === "lock" ? sql`for update` : sql``}`.execute(db);
  return rows[0];
}

export async function insertCirculation(
  trx: Transaction,
  letterId: string,
  { deadline, timeZone, remindDays, message }: CirculationSettings,
  at: Date,
  by: string,
): Promise<void> {
  await trx
    .insertInto("circulation")
    .values({
      letter_id: letterId,
      began_at: at,
      began_by: by,
      deadline,
      time_zone: timeZone,
      remind_days: [...remindDays],
      message,
    })
    .execute();
}

export async function updateCirculation(
  trx: Transaction,
  letterId: string,
  { deadline, timeZone, remindDays, message }: CirculationSettings,
): Promise<void> {
  await trx
    .updateTable("circulation")
    .set({ deadline, time_zone: timeZone, remind_days: [...remindDays], message })
    .where("letter_id", "=", letterId)
    .execute();
}

/** @returns whether it went on until now */
export async function updateEnded(trx: Transaction, letterId: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("circulation")
    .set({ ended_at: at })
    .where("letter_id", "=", letterId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Circulations under way whose deadline lies ahead. */
export async function selectWithDeadline(db: Queryable, now: Date): Promise<Circulation[]> {
  const { rows } = await sql<Circulation>`
    select c.letter_id as "letterId", c.began_at as "beganAt", c.deadline, c.time_zone as "timeZone",
      c.remind_days as "remindDays", c.message, c.ended_at as "endedAt"
    from circulation c join draft d on d.letter_id = c.letter_id
    where c.ended_at is null and c.deadline > ${now} and d.discarded_at is null
    order by c.deadline`.execute(db);
  return rows;
}

/** Whether a sign-on `s` stands for the latest frozen draft, as far as the words go. */
export const standsForLatest = sql`(
  select s.draft = any(covers) from draft_revision where letter_id = s.letter_id order by number desc limit 1)`;

/** Of each invitee the latest sign-on, and whether it stands for the words of the latest frozen draft. */
export const latestSignOns = (letterId: string) => sql`
  select distinct on (s.invitee_id) s.*, ${standsForLatest} as current
  from sign_on s where s.letter_id = ${letterId}
  order by s.invitee_id, s.place desc`;

/** What becomes of a sign-on `s` (sign-on.ts, SignOnState); null where there is none. */
export const signOnState = sql`case
  when s.id is null then null
  when s.withdrawn_at is not null then 'withdrawn'
  when not s.current then 'to-renew'
  when s.condition is null or s.outcome = 'met' then 'signed'
  when s.outcome is null then 'waiting'
  else 'not-met' end`;

export async function selectStanding(
  db: Queryable,
  letterId: string,
): Promise<Omit<CirculationStanding, "circulation">> {
  const { rows } = await sql<Omit<CirculationStanding, "circulation">>`
    with people as (
      select i.id, i.opened_at, i.declined_at, ${signOnState} as state
      from invitee i left join (${latestSignOns(letterId)}) s on s.invitee_id = i.id
      where i.letter_id = ${letterId} and i.revoked_at is null)
    select count(*) as invited,
      count(*) filter (where opened_at is not null) as opened,
      count(*) filter (where state = 'signed') as signed,
      count(*) filter (where state = 'waiting') as waiting,
      count(*) filter (where state = 'to-renew') as "toRenew",
      count(*) filter (where declined_at is not null) as declined,
      (select count(*) from comment where letter_id = ${letterId} and thread is null) as comments,
      (select count(*) from comment
       where letter_id = ${letterId} and thread is null and resolved_at is null) as "openComments"
    from people`.execute(db);
  return rows[0]!;
}
