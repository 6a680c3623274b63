/** The SQL of kept counts. */
import { type RawBuilder, sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { DeskCounts } from "./counts.ts";

export interface Numbers {
  readonly people: number;
  readonly organisations: number;
  /** Of these, how many are not named. */
  readonly unnamed: number;
}

/**
 * How many signatures come, or go: of all, of each day (yyyy-mm-dd), of each country (ISO 3166-1 alpha-2), of each text
 * after the first.
 */
export interface TallyChange {
  readonly all: Numbers;
  readonly days: readonly ({ readonly key: string } & Numbers)[];
  readonly countries: readonly ({ readonly key: string } & Numbers)[];
  readonly revisions: readonly ({ readonly key: string } & Numbers)[];
}

// One statement: the tally's row is what transactions of one letter wait for each other at, and whoever has it keeps it
// no longer than for one more round trip. Days and the others are read `from held`, that is once the row is locked.

/** Counts signatures in, and marks the letter's pages as changed. */
export async function addToTally(trx: Transaction, letterId: string, by: TallyChange): Promise<void> {
  await sql`
    with held as (${updateTally(letterId, by.all, sql`+`)}),
    days as (
      insert into tally_day as d (letter_id, day, people, organisations, unnamed)
      select letter_id, key::date, people, organisations, unnamed from held, ${rowsOf(by.days)}
      on conflict (letter_id, day) do update set people = d.people + excluded.people,
        organisations = d.organisations + excluded.organisations, unnamed = d.unnamed + excluded.unnamed),
    revisions as (
      insert into tally_revision as v (letter_id, revision, people, organisations)
      select letter_id, key::int, people, organisations from held, ${rowsOf(by.revisions)}
      on conflict (letter_id, revision) do update set people = v.people + excluded.people,
        organisations = v.organisations + excluded.organisations)
    insert into tally_country as c (letter_id, country, people, organisations)
    select letter_id, key, people, organisations from held, ${rowsOf(by.countries)}
    on conflict (letter_id, country) do update set people = c.people + excluded.people,
      organisations = c.organisations + excluded.organisations
  `.execute(trx);
}

/** Counts signatures out, and marks the letter's pages as changed. */
export async function subtractFromTally(trx: Transaction, letterId: string, by: TallyChange): Promise<void> {
  await sql`
    with held as (${updateTally(letterId, by.all, sql`-`)}),
    days as (
      update tally_day d set people = d.people - r.people, organisations = d.organisations - r.organisations,
        unnamed = d.unnamed - r.unnamed
      from held, ${rowsOf(by.days)} where d.letter_id = held.letter_id and d.day = r.key::date),
    revisions as (
      update tally_revision v set people = v.people - r.people, organisations = v.organisations - r.organisations
      from held, ${rowsOf(by.revisions)} where v.letter_id = held.letter_id and v.revision = r.key::int)
    update tally_country c set people = c.people - r.people, organisations = c.organisations - r.organisations
    from held, ${rowsOf(by.countries)} where c.letter_id = held.letter_id and c.country = r.key
  `.execute(trx);
}

function updateTally(letterId: string, by: Numbers, sign: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    update tally set people = people ${sign} ${by.people}, organisations = organisations ${sign} ${by.organisations},
      unnamed = unnamed ${sign} ${by.unnamed}, changed = pg_current_xact_id()
    where letter_id = ${letterId} returning letter_id`;
}

function rowsOf(rows: TallyChange["days"]): RawBuilder<unknown> {
  return sql`unnest(${rows.map(({ key }) => key)}::text[], ${rows.map(({ people }) => people)}::bigint[],
    ${rows.map(({ organisations }) => organisations)}::bigint[], ${rows.map(({ unnamed }) => unnamed)}::bigint[])
    as r (key, people, organisations, unnamed)`;
}

/** How many rows the desk's counts of a letter are spread over (migrations/0019_desk_lanes.sql). */
const lanes = 16;

/** Adds to the counts that only the desk sees, in the lane of this connection. */
export async function addToDeskTally(trx: Transaction, letterId: string, by: DeskCounts): Promise<void> {
  const { pending, held, refused, withdrawn } = by;
  await sql`
    insert into desk_tally as d (letter_id, lane, pending, held, refused, withdrawn)
    values (${letterId}, pg_backend_pid() % ${lanes}, ${pending}, ${held}, ${refused}, ${withdrawn})
    on conflict (letter_id, lane) do update set pending = d.pending + excluded.pending, held = d.held + excluded.held,
      refused = d.refused + excluded.refused, withdrawn = d.withdrawn + excluded.withdrawn`.execute(trx);
}

/** The counts that only the desk sees. */
export async function selectDeskTally(db: Queryable, letterId: string): Promise<DeskCounts> {
  const sum = (column: string) => sql`coalesce(sum(${sql.ref(column)}), 0)::bigint as ${sql.ref(column)}`;
  const columns = ["pending", "held", "refused", "withdrawn"].map(sum);
  const { rows } = await sql<DeskCounts>`
    select ${sql.join(columns)} from desk_tally where letter_id = ${letterId}`.execute(db);
  return rows[0]!;
}
