/** The SQL of the names that are watched. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";

export interface WatchedRow {
  /** Separated by a blank. */
  readonly words: string;
  readonly name: string;
  readonly keys: readonly string[];
}

/** All names, in their order. */
export function selectWatched(db: Queryable): Promise<{ name: string; words: string }[]> {
  return db.selectFrom("watched_name").select(["name", "words"]).orderBy("words").execute();
}

/** Names that share a key with what is asked, and so may resemble it. */
export async function selectWatchedLike(
  db: Queryable,
  keys: readonly string[],
): Promise<{ name: string; words: string }[]> {
  const { rows } = await sql<{ name: string; words: string }>`
    select name, words from watched_name where keys && ${keys}::text[] order by words`.execute(db);
  return rows;
}

/** Lets those who set the list go one after the other. */
export async function lockWatched(trx: Transaction): Promise<void> {
  await sql`lock table watched_name in share row exclusive mode`.execute(trx);
}

/** Puts a list in the place of another. */
export async function replaceWatched(trx: Transaction, rows: readonly WatchedRow[]): Promise<void> {
  await trx.deleteFrom("watched_name").execute();
  await sql`
    insert into watched_name (words, name, keys)
    select words, name, keys from json_to_recordset(${JSON.stringify(rows)}) as r (words text, name text, keys text[])`.execute(
    trx,
  );
}
