/** The SQL of what topics are called. */
import type { Queryable, Transaction } from "../database/open.ts";
import type { TopicNames } from "./topics.ts";

/** Adds those that have no name yet. @returns whether there were any */
export async function insertTopicNames(trx: Transaction, names: TopicNames): Promise<boolean> {
  if (names.size === 0) return false;
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("topic_name")
    .values(Array.from(names, ([topic, named]) => ({ topic, ...named })))
    .onConflict((conflict) => conflict.column("topic").doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function selectTopicNames(db: Queryable): Promise<TopicNames> {
  const rows = await db.selectFrom("topic_name").selectAll().execute();
  return new Map(rows.map(({ topic, name, language }) => [topic, { name, language }]));
}
