/** The SQL of a letter as the desk's pages name it. */
import { type RawBuilder, sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import { type Qualifier, states } from "../letters/letter.ts";

export interface DeskLetterRow {
  readonly id: string;
  readonly stage: string;
  readonly discarded_at: Date | null;
  readonly slug: string | null;
  /** Null for a draft that has none yet. */
  readonly title: string | null;
  readonly title_language: string;
  readonly closes_on: string | null;
  readonly people: number;
  readonly organisations: number;
  readonly scheduled_for: Date | null;
}

/** Those reported beyond the names, in the words of the letter's original. */
export interface ReportedMore {
  readonly count: number | null;
  readonly qualifier: Qualifier | null;
  readonly description: string;
  readonly language: string;
}

/** A draft or public letter. The title of a public one is its page's. */
export async function selectDeskLetter(
  db: Queryable,
  id: string,
  language: string,
): Promise<DeskLetterRow | undefined> {
  const { rows } = await deskLetters<DeskLetterRow>(sql`select ${id}::uuid as id`, language).execute(db);
  return rows[0];
}

/** What lists say of a letter besides. */
export interface ListedRow extends DeskLetterRow {
  /** The date under a public letter, a partial date as one number. */
  readonly dated: number | null;
  readonly closed_at: Date | null;
  /** Of a circulation: until when those invited can sign. */
  readonly deadline: Date | null;
  readonly reported: number;
  readonly more: ReportedMore | null;
  /** The last change: of a draft when it was saved, of a public letter what was done at the desk. */
  readonly changed_at: Date | null;
  readonly changed_by: string | null;
}

/**
 * Letters of one stage that were not put aside: drafts by when they were saved, public letters by date; the latest
 * first.
 */
export async function selectListed(
  db: Queryable,
  language: string,
  which: { readonly stage: string; readonly public: boolean },
  offset: number,
  limit: number,
): Promise<ListedRow[]> {
  const ids = which.public
    ? sql`select id, row_number() over (order by dated desc, listed desc) as place from letter
        where state = ${which.stage} order by dated desc, listed desc offset ${offset} limit ${limit}`
    : sql`select letter_id as id, row_number() over (order by saved_at desc, letter_id) as place from draft
        where stage = ${which.stage} and discarded_at is null
        order by saved_at desc, letter_id offset ${offset} limit ${limit}`;
  const { rows } = await deskLetters<ListedRow>(ids, language, {
    columns: sql`, l.dated, l.closed_at, c.deadline, coalesce(y.reported, 0) as reported,
      case when r.letter_id is not null then json_build_object('count', r.count, 'qualifier', r.qualifier,
        'description', r.description, 'language', l.language) end as more,
      case when l.id is null then d.saved_at else a.at end as changed_at,
      case when l.id is null then s.name else a.actor_name end as changed_by`,
    joins: sql`
      left join account s on s.id = d.saved_by
      left join circulation c on c.letter_id = i.id
      left join reported_count r on r.letter_id = l.id
      left join lateral (
        select at, actor_name from act where letter_id = l.id and act not like 'account.%' and act not like 'invitation.%'
        order by id desc limit 1) a on true`,
    order: sql`order by i.place`,
  }).execute(db);
  return rows;
}

/** Drafts, not public and not put aside, in whose document every word stands somewhere; the last saved first. */
export async function selectDraftsWith(
  db: Queryable,
  words: readonly string[],
  limit: number,
): Promise<{ letter_id: string; document: unknown }[]> {
  const like = (word: string) =>
    sql`document::text ilike ${`%${JSON.stringify(word)
      .slice(1, -1)
      .replace(/[\\%_]/g, "\\$&")}%`}`;
  const { rows } = await sql<{ letter_id: string; document: unknown }>`
    select letter_id, document from draft where stage <> 'published' and discarded_at is null
      and ${sql.join(words.map(like), sql` and `)}
    order by saved_at desc limit ${limit}`.execute(db);
  return rows;
}

/** How many letters there are of each stage: of the public ones as they are kept for the archive's filters. */
export async function countStages(db: Queryable): Promise<{ stage: string; letters: number }[]> {
  const { rows } = await sql<{ stage: string; letters: number }>`
    select stage, count(*) as letters from draft where stage <> 'published' and discarded_at is null group by stage
    union all select substr(facet, 8), letters from facet_count
    where facet = any(${states.map((state) => `status:${state}`)}::text[])`.execute(db);
  return rows;
}

/** The title is in a language where there is one in it, else the original's. */
function deskLetters<Row extends DeskLetterRow>(
  which: RawBuilder<unknown>,
  language: string,
  { columns = sql``, joins = sql``, order = sql`` }: Readonly<Record<string, RawBuilder<unknown>>> = {},
): RawBuilder<Row> {
  return sql<Row>`
    select i.id, coalesce(l.state, d.stage) as stage, d.discarded_at, l.slug,
      coalesce(t.title, w.title) as title,
      coalesce(t.language, w.language, l.language, d.document ->> 'language') as title_language, l.closes_on::text as closes_on,
      coalesce(y.people, 0) as people, coalesce(y.organisations, 0) as organisations,
      p.at as scheduled_for${columns}
    from (${which}) i
      left join draft d on d.letter_id = i.id
      left join letter l on l.id = i.id
      left join tally y on y.letter_id = i.id
      left join publication_schedule p on p.letter_id = i.id and p.state = 'waiting'
      left join lateral (
        select title, language from translation
        where letter_id = l.id and revision = (select max(number) from revision where letter_id = l.id)
          and language in (${language}, l.language)
        order by language = ${language} desc limit 1) t on true
      left join lateral (
        select key as language, value ->> 'title' as title from json_each(case when t.title is null then d.document -> 'texts' end)
        where key in (${language}, d.document ->> 'language') and value ->> 'title' ~ '[^[:space:]]'
        order by key = ${language} desc limit 1) w on true${joins}
    where d.letter_id is not null or l.id is not null ${order}`;
}
