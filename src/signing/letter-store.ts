/** The SQL of a letter as signing needs it: what it is called, where it stands, how many have signed. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import type { Kind, State } from "../letters/letter.ts";

/** A letter, with its title in the reader's language where it has one. */
export interface LetterRow {
  readonly letter_id: string;
  readonly slug: string;
  readonly letter_kind: Kind;
  readonly letter_state: State;
  readonly dated: number;
  readonly closes_on: string | null;
  readonly closed_at: Date | null;
  readonly revision: number;
  readonly title: string;
  readonly title_language: string;
  readonly original_language: string;
  readonly people: number;
  readonly organisations: number;
  readonly site: string;
}

/** The columns of a letter `l`, its title `t` and its tally `n`. */
export const letterColumns = sql`
  l.id as letter_id, l.slug, l.kind as letter_kind, l.state as letter_state, l.dated, l.closes_on, l.closed_at,
  t.title, t.language as title_language, l.language as original_language, n.people, n.organisations, coalesce((select name from site), '') as site`;

/** A revision's title `t`, in the language asked for where it has been translated into it. Joins on the letter `l`. */
export const titleOf = (revision: ReturnType<typeof sql>, language: string) => sql`
  lateral (select title, language from translation
           where letter_id = l.id and revision = ${revision} and language in (${language}, l.language)
           order by language = ${language} desc limit 1) t`;

/** The latest revision of a letter, by its slug or one that it had before. */
export function selectLetter(db: Queryable, slug: string, language: string): Promise<LetterRow | undefined> {
  const id = sql`coalesce((select id from letter where slug = ${slug}),
                          (select letter_id from former_slug where slug = ${slug}))`;
  return selectLatest(db, id, language);
}

/** The latest revision of a letter, by its id. */
export function selectLetterById(
  db: Queryable,
  id: string,
  language: string,
): Promise<LetterRow | undefined> {
  return selectLatest(db, sql`${id}::uuid`, language);
}

async function selectLatest(
  db: Queryable,
  id: ReturnType<typeof sql>,
  language: string,
): Promise<LetterRow | undefined> {
  const { rows } = await sql<LetterRow>`
    select ${letterColumns}, r.number as revision
    from letter l
    join tally n on n.letter_id = l.id
    cross join lateral (select max(number) as number from revision where letter_id = l.id) r
    cross join ${titleOf(sql`r.number`, language)}
    where l.id = ${id}
  `.execute(db);
  return rows[0];
}
