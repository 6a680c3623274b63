/** The SQL of the names under a letter that may match what the reader looked for. All are public. */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";

/** Names reported elsewhere are looked through up to this place in their list. */
const reportedRead = 1_000;
/** Of one letter no more names than this are taken. */
const takenAtMost = 100;
/** Organisations that match, of all letters together (as query-store.ts finds letters by them). */
const organisationsRead = 2_000;

export interface SignatoryName {
  readonly id: string;
  readonly name: string;
  /** The name as a whole matches: the letter was found by it. */
  readonly whole: boolean;
}

/** Names reported to have signed these letters in which one of the folded words stands, in the order of the lists. */
export async function reportedNamesWith(
  db: Queryable,
  ids: readonly string[],
  words: readonly string[],
): Promise<SignatoryName[]> {
  const { rows } = await sql<SignatoryName>`
    select w.id, n.name, false as whole from unnest(${ids}::uuid[]) as w (id)
      cross join lateral (
        select name from (select name, name_folded, position from reported_signatory where letter_id = w.id
          order by position limit ${reportedRead}) first
        where exists (select from unnest(${words}::text[]) word where strpos(name_folded, word) > 0)
        order by position limit ${takenAtMost}) n`.execute(db);
  return rows;
}

/** Organisations that signed these letters here, are shown, and match. */
export async function organisationsMatching(
  db: Queryable,
  ids: readonly string[],
  mark: string,
): Promise<SignatoryName[]> {
  const { rows } = await sql<SignatoryName>`
    with matching as materialized (
      select letter_id, folded from letter_organisation where document @@ ${mark}::tsquery limit ${organisationsRead}),
    own as materialized (
      select letter_id, folded, row_number() over (partition by letter_id order by folded) as at
      from matching where letter_id = any(${ids}::uuid[]))
    select o.letter_id as id, s.name, true as whole from own o cross join lateral (
      select name from signature where letter_id = o.letter_id and name_folded = o.folded
        and kind = 'organisation' and state = 'accepted' and show limit 1) s
    where o.at <= ${takenAtMost} order by o.at`.execute(db);
  return rows;
}
