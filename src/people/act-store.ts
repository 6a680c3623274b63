/** The SQL of what was done at the desk. Rows are added and read, never changed. */
import { type Insertable, sql } from "kysely";
import type { Queryable, Schema, Transaction } from "../database/open.ts";
import type { ActFilter, PastAct, SoughtWord } from "./history.ts";

/** Adds acts, at least one, in their order. */
export async function insertActs(
  trx: Transaction,
  rows: readonly Insertable<Schema["act"]>[],
): Promise<void> {
  await trx.insertInto("act").values(rows).execute();
}

/**
 * Acts, the latest first.
 * @param words each has to occur, or the act has to be one of its acts
 */
export async function selectActs(
  db: Queryable,
  {
    words,
    reader,
    act,
    letterId,
    before,
    limit,
  }: ActFilter & { words: readonly SoughtWord[]; limit: number },
): Promise<PastAct[]> {
  const like = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;
  const { rows } = await sql<PastAct>`
    select a.id, a.at, a.actor, a.actor_name as "actorName", a.act, a.subject_id as "subjectId",
           a.subject_name as "subjectName", a.letter_id as "letterId", a.before, a.after
    from act a
    where ${reader.all ? sql`true` : sql`(a.letter_id is not null or a.account_id = ${reader.accountId})`}
      ${act ? sql`and a.act = ${act}` : sql``}
      ${letterId ? sql`and a.letter_id = ${letterId}` : sql``}
      ${before ? sql`and a.id < ${before}` : sql``}
      ${sql.join(
        words.map(({ word, acts }) =>
          acts.length > 0
            ? sql`and (a.words like ${like(word)} or a.act = any(${acts}::text[]))`
            : sql`and a.words like ${like(word)}`,
        ),
        sql` `,
      )}
    order by a.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Which acts there have been, to one letter where it is named. */
export async function selectActKinds(db: Queryable, letterId?: string): Promise<string[]> {
  // A loose index would be quicker; the history of a desk has tens of thousands of rows, not millions.
  let acts = db.selectFrom("act").select("act").distinct().orderBy("act");
  if (letterId) acts = acts.where("letter_id", "=", letterId);
  const rows = await acts.execute();
  return rows.map(({ act }) => act);
}
