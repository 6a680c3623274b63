/** The SQL of finding signatories of any letter. Every condition goes by an index, whatever the number of signatures. */
import { sql } from "kysely";
import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { FoundSignatory } from "./search.ts";

const columns = sql`id, letter_id as "letterId", kind, state, name, affiliation, country, show,
  created_at as "createdAt", accepted_at as "acceptedAt"`;

/** What was withdrawn is seen by nobody but its signatory. */
const seen = sql`state <> 'withdrawn' and erased_at is null`;

/** An address, by its keyed hash. */
export async function selectByHash(db: Queryable, hash: Buffer, limit: number): Promise<FoundSignatory[]> {
  const { rows } = await sql<FoundSignatory>`
    select ${columns} from signature where email_hash = ${hash} and ${seen}
    order by created_at desc limit ${limit}`.execute(db);
  return rows;
}

/**
 * Names in which a word begins with each of some folded ones. Listed names and the others are asked for apart, since
 * each has an index of its own. Which of many is not promised.
 */
export async function selectNamed(
  db: Queryable,
  words: readonly string[],
  limit: number,
): Promise<FoundSignatory[]> {
  const begins = (word: string) =>
    sql`(name_folded like ${`${escaped(word)}%`} or name_folded like ${`% ${escaped(word)}%`})`;
  const named = sql.join(words.map(begins), sql` and `);
  const { rows } = await sql<FoundSignatory>`
    (select ${columns} from signature where state = 'accepted' and show and ${named} limit ${limit})
    union all
    (select ${columns} from signature
      where name_folded is not null and not (state = 'accepted' and show) and ${seen} and ${named} limit ${limit})`.execute(
    db,
  );
  return rows;
}

/**
 * Affiliations that hold each of some words in lower case. Left alone the planner reads all signatures, since it takes
 * any word for a common one; its index takes 0.1 ms to 40 ms among 200,000, reading them all 280 ms.
 */
export function selectAffiliated(
  db: Database,
  words: readonly string[],
  limit: number,
): Promise<FoundSignatory[]> {
  const holds = (word: string) => sql`lower(affiliation) like ${`%${escaped(word)}%`}`;
  return inTransaction(db, async (trx) => {
    await sql`select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`.execute(trx);
    const { rows } = await sql<FoundSignatory>`
      select ${columns} from signature
      where affiliation is not null and ${seen} and ${sql.join(words.map(holds), sql` and `)} limit ${limit}`.execute(
      trx,
    );
    return rows;
  });
}

function escaped(word: string): string {
  return word.replace(/[\\%_]/g, "\\$&");
}
