/** The part of the archive's SQL that reads a letter with all that stands around it. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import { type PartialDate, partialDateFromNumber } from "../foundation/partial-date.ts";
import type { Entry } from "./entry.ts";

/** How many of the reported names the list can show. */
const shownNames = 4;

/** The latest revision's text in the reader's language, or else in the original's. Joins on the letter `l`. */
function chosenText(language: string) {
  return sql`(
    select t.language, t.title, t.summary, t.body, r.created_at
    from revision r join translation t on t.letter_id = r.letter_id and t.revision = r.number
    where r.letter_id = l.id and r.number = (select max(number) from revision where letter_id = l.id)
    order by t.language = ${language} desc, split_part(t.language, '-', 1) = ${language} desc,
      t.language = l.language desc, t.language
    limit 1)`;
}

/** The columns of an entry, over the letter `l`, its chosen text `t` and its tally `y`. */
const entryColumns = sql`
  l.id, l.slug, l.kind, l.publisher_role as "publisherRole", l.state, l.dated, l.example,
  l.language as "originalLanguage", t.language, t.title, t.summary, l.stance,
  case when l.measure_name is not null
    then json_build_object('name', l.measure_name, 'type', l.measure_type) end as measure,
  coalesce((select json_agg(json_build_object('name', name, 'type', type) order by position)
    from addressee where letter_id = l.id), '[]') as addressees,
  coalesce((select json_agg(name order by position) from initiator where letter_id = l.id), '[]') as initiators,
  coalesce((select json_agg(topic order by position) from letter_topic where letter_id = l.id), '[]') as topics,
  coalesce((select json_agg(place order by position) from letter_place where letter_id = l.id), '[]') as places,
  coalesce((select json_agg(json_build_object('name', name, 'kind', kind) order by position)
    from (select name, kind, position from reported_signatory where letter_id = l.id
          order by position limit ${sql.lit(shownNames)}) n), '[]') as named,
  coalesce(y.reported, 0)::int as "namedTotal",
  (select json_build_object('kind', kind, 'count', count, 'qualifier', qualifier, 'description', description)
    from reported_count where letter_id = l.id) as reported,
  coalesce(y.people, 0)::int as people, coalesce(y.organisations, 0)::int as organisations,
  coalesce(y.unnamed, 0)::int as unnamed,
  l.opened_at as "openedAt", to_char(l.closes_on, 'YYYY-MM-DD') as "closesOn", l.closed_at as "closedAt",
  greatest(t.created_at, (select max(at) from correction where letter_id = l.id)) as "updatedAt"`;

/** An entry as the database gives it. */
type EntryRow = Omit<Entry, "date"> & { readonly dated: number };

/** Turns the stored date into a partial date. */
export function readEntry<Row extends { readonly dated: number }>(
  row: Row,
): Omit<Row, "dated"> & { readonly date: PartialDate } {
  const { dated, ...rest } = row;
  return { ...rest, date: partialDateFromNumber(dated) };
}

/** Letters by their ids, in the order of the ids; those that are not there are left out. */
export async function loadEntries(db: Queryable, ids: readonly string[], language: string): Promise<Entry[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<EntryRow>`
    select ${entryColumns}
    from unnest(${ids}::uuid[]) with ordinality as wanted (id, rank)
      join letter l on l.id = wanted.id
      join lateral ${chosenText(language)} t on true
      left join tally y on y.letter_id = l.id
    order by wanted.rank`.execute(db);
  return rows.map(readEntry);
}
