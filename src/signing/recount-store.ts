/** The SQL of counting anew, one signature by one: slow, for checks and repairs. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";

/**
 * What is counted: of all that stand, of those of one day, country or later text ("day:2026-11-24"), of those that only
 * the desk sees.
 */
export interface Counted {
  readonly key: string;
  /**
   * People, organisations, and of these the unnamed, which is not kept of countries and texts. Of "desk": pending, held, refused
   * and withdrawn ones.
   */
  readonly counts: readonly number[];
}

/** What is kept. A day, country or text of which nobody stands any more is left out. */
export async function selectKept(db: Queryable, letterId: string): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select 'all' as key, json_build_array(people, organisations, unnamed) as counts from tally where letter_id = ${letterId}
    union all select 'day:' || to_char(day, 'YYYY-MM-DD'), json_build_array(people, organisations, unnamed)
      from tally_day where letter_id = ${letterId} and people + organisations > 0
    union all select 'country:' || country, json_build_array(people, organisations)
      from tally_country where letter_id = ${letterId} and people + organisations > 0
    union all select 'revision:' || revision, json_build_array(people, organisations)
      from tally_revision where letter_id = ${letterId} and people + organisations > 0
    union all select 'desk', json_build_array(coalesce(sum(pending), 0), coalesce(sum(held), 0), coalesce(sum(refused), 0),
        coalesce(sum(withdrawn), 0))
      from desk_tally where letter_id = ${letterId}
    order by key`.execute(db);
  return rows;
}

const people = sql`count(*) filter (where kind = 'person')`;
const organisations = sql`count(*) filter (where kind = 'organisation')`;
const unnamed = sql`count(*) filter (where not show)`;
const day = sql`(accepted_at at time zone 'UTC')::date`;
const inState = (state: string) => sql`count(*) filter (where state = ${state})`;

/** The same, counted from the signatures. */
export async function countAnew(db: Queryable, letterId: string): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    with standing as (select kind, show, country, revision, ${day} as day from signature
      where letter_id = ${letterId} and state = 'accepted')
    select 'all' as key, json_build_array(${people}, ${organisations}, ${unnamed}) as counts from standing
    union all select 'day:' || to_char(day, 'YYYY-MM-DD'), json_build_array(${people}, ${organisations}, ${unnamed})
      from standing group by day
    union all select 'country:' || country, json_build_array(${people}, ${organisations}) from standing group by country
    union all select 'revision:' || revision, json_build_array(${people}, ${organisations}) from standing
      where revision > 1 group by revision
    union all select 'desk', json_build_array(${sql.join(["pending", "held", "refused", "withdrawn"].map(inState))})
      from signature where letter_id = ${letterId}
    order by key`.execute(db);
  return rows;
}

/** Every letter that can have counts. */
export async function selectTallied(db: Queryable): Promise<string[]> {
  const rows = await db.selectFrom("tally").select("letter_id").orderBy("letter_id").execute();
  return rows.map(({ letter_id }) => letter_id);
}

/** Holds a letter's counts until the transaction ends: those of the desk first, as everywhere, and of all letters. */
export async function lockTally(trx: Transaction, letterId: string): Promise<void> {
  await sql`lock table desk_tally in share row exclusive mode`.execute(trx);
  await sql`select from tally where letter_id = ${letterId} for update`.execute(trx);
}

/** Writes down a letter's counts in place of those that were kept. */
export async function replaceCounts(
  trx: Transaction,
  letterId: string,
  rows: readonly Counted[],
): Promise<void> {
  for (const table of ["tally_day", "tally_country", "tally_revision", "desk_tally"])
    await sql`delete from ${sql.table(table)} where letter_id = ${letterId}`.execute(trx);
  for (const { key, counts } of rows) {
    const [which, name] = key.split(":");
    const numbers = sql.join(counts);
    if (which === "day")
      await sql`insert into tally_day values (${letterId}, ${name}, ${numbers})`.execute(trx);
    else if (which === "country")
      await sql`insert into tally_country values (${letterId}, ${name}, ${numbers})`.execute(trx);
    else if (which === "revision")
      await sql`insert into tally_revision values (${letterId}, ${Number(name)}, ${numbers})`.execute(trx);
    else if (which === "desk")
      await sql`insert into desk_tally (letter_id, lane, pending, held, refused, withdrawn)
        values (${letterId}, 0, ${numbers})`.execute(trx);
    else
      await sql`update tally set (people, organisations, unnamed, changed) = row(${numbers}, pg_current_xact_id())
        where letter_id = ${letterId}`.execute(trx);
  }
}
