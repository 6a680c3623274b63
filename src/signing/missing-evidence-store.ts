/** The SQL of organisations without evidence: by the index that has only these (signature_without_evidence). */
import { sql } from "kysely";
import type { Queryable } from "../database/open.ts";
import { titleOf } from "./letter-store.ts";
import type { WithoutEvidence } from "./missing-evidence.ts";

/** Organisations of a letter `l` that stand on an address alone. */
const without = sql`
  signature where letter_id = l.id and kind = 'organisation' and state = 'accepted' and not has_evidence`;

/**
 * @param limit how many of each letter are counted
 * @param letterId of one letter; without it, of all that are open
 */
export async function countWithoutEvidence(db: Queryable, limit: number, letterId?: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from letter l cross join lateral (select from ${without} limit ${limit}) found
    where ${letterId === undefined ? sql`l.state = 'open'` : sql`l.id = ${letterId}`}`.execute(db);
  return rows[0]!.count;
}

/** The newest under each open letter, the latest letter first. */
export async function selectWithoutEvidence(
  db: Queryable,
  language: string,
  limit: number,
): Promise<WithoutEvidence[]> {
  const { rows } = await sql<WithoutEvidence>`
    select found.*, l.id as "letterId", t.title, t.language as "titleLanguage"
    from letter l
    cross join lateral (select max(number) as number from revision where letter_id = l.id) r
    cross join ${titleOf(sql`r.number`, language)}
    cross join lateral (
      select id, name, accepted_at as "acceptedAt" from ${without} order by place desc limit ${limit}) found
    where l.state = 'open' order by l.dated desc, l.listed desc, found."acceptedAt" desc limit ${limit}`.execute(
    db,
  );
  return rows;
}
