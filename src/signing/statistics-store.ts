/** The SQL of what the desk is told about a letter's signatures. Rows that are kept: nothing is counted here. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import type { State } from "../letters/letter.ts";
import type { Numbers } from "./tally-store.ts";

export interface DayRow extends Numbers {
  /** yyyy-mm-dd, in UTC. */
  readonly day: string;
}

/** Days on which somebody signed, the first first. */
export async function selectDays(db: Queryable, letterId: string): Promise<DayRow[]> {
  const { rows } = await sql<DayRow>`
    select to_char(day, 'YYYY-MM-DD') as day, people, organisations, unnamed
    from tally_day where letter_id = ${letterId} and people + organisations > 0 order by tally_day.day`.execute(
    db,
  );
  return rows;
}

export interface CountryRow {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly people: number;
  readonly organisations: number;
}

/** Countries from which somebody signed, those with the most first. */
export async function selectCountries(db: Queryable, letterId: string): Promise<CountryRow[]> {
  const { rows } = await sql<CountryRow>`
    select country, people, organisations from tally_country
    where letter_id = ${letterId} and people + organisations > 0
    order by people + organisations desc, country`.execute(db);
  return rows;
}

export interface AllRow extends Numbers {
  readonly state: State;
  /** The days (yyyy-mm-dd, UTC) on which it opened and was closed; and the last day as it was announced. */
  readonly opened: string | null;
  readonly closed: string | null;
  readonly closes: string | null;
}

/** A letter's counts, and since when and until when it is signed. */
export async function selectAll(db: Queryable, letterId: string): Promise<AllRow | undefined> {
  const { rows } = await sql<AllRow>`
    select n.people, n.organisations, n.unnamed, l.state,
      to_char(l.opened_at at time zone 'UTC', 'YYYY-MM-DD') as opened,
      to_char(l.closed_at at time zone 'UTC', 'YYYY-MM-DD') as closed, to_char(l.closes_on, 'YYYY-MM-DD') as closes
    from letter l join tally n on n.letter_id = l.id where l.id = ${letterId}`.execute(db);
  return rows[0];
}

export interface ReportedRow {
  /** How many names. */
  readonly names: number;
  /** The unnamed rest in the letter's own words, in its language. */
  readonly description: string | null;
  readonly language: string;
}

/** Signatories of before, as reported: those named, and the rest. */
export async function selectReported(db: Queryable, letterId: string): Promise<ReportedRow | undefined> {
  const { rows } = await sql<ReportedRow>`
    select n.reported as names, c.description, l.language
    from letter l join tally n on n.letter_id = l.id left join reported_count c on c.letter_id = l.id
    where l.id = ${letterId} and (n.reported > 0 or c.letter_id is not null)`.execute(db);
  return rows[0];
}

/**
 * How many addresses were refused for good: of those who have not confirmed, and of those who have. Counted, up to a
 * bound, from an index that has no others.
 */
export async function selectUndeliverable(
  db: Queryable,
  letterId: string,
  atMost: number,
): Promise<{ pending: number; confirmed: number }> {
  const bounded = (states: string) => sql`(select count(*) from (
    select from signature where letter_id = ${letterId} and undeliverable_at is not null
      and state ${sql.raw(states)} limit ${atMost}) as those)`;
  const { rows } = await sql<{ pending: number; confirmed: number }>`
    select ${bounded("= 'pending'")} as pending, ${bounded("in ('held', 'accepted')")} as confirmed`.execute(
    db,
  );
  return rows[0]!;
}
