/** The SQL of words that readers misspell. */
import { sql } from "kysely";
import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";

/** Known words like each of the words, the most similar first. */
export async function similarWords(
  db: Database,
  words: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const { rows } = await inTransaction(db, async (trx) => {
    await sql`select set_config('pg_trgm.similarity_threshold', '0.3', true)`.execute(trx);
    return sql<{ word: string; similar: string[] }>`
      select w.word, array(
        select k.word from known_word k where k.word % w.word
        order by similarity(k.word, w.word) desc, k.word limit 20) as similar
      from unnest(${words}::text[]) w (word)
      where not exists (select from known_word k where k.word = w.word)`.execute(trx);
  });
  return new Map(rows.map(({ word, similar }) => [word, similar]));
}
