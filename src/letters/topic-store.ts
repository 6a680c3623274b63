/** The SQL of what topics are called. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { NamedTopic, TopicNames } from "./topics.ts";

/** Names a topic that has no name yet, or that no letter has which was published. @returns whether that changed it */
export async function writeTopicName(trx: Transaction, topic: NamedTopic): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("topic_name")
    .values(topic)
    .onConflict((conflict) =>
      conflict
        .column("topic")
        .doUpdateSet({ name: topic.name, language: topic.language })
        .where("topic_name.name", "<>", topic.name)
        .where(sql<boolean>`not exists (select from letter_topic where topic = topic_name.topic)`),
    )
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function selectTopicNames(db: Queryable): Promise<TopicNames> {
  const rows = await db.selectFrom("topic_name").selectAll().execute();
  return new Map(rows.map(({ topic, name, language }) => [topic, { name, language }]));
}
