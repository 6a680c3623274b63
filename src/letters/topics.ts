/** What a site calls the topics of its own; those that every site knows have their names in locales/. */
import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import { insertTopicNames, selectTopicNames } from "./topic-store.ts";
import { touchSite } from "./touch.ts";

/** How a topic is called, and in which language. */
export interface TopicName {
  readonly name: string;
  readonly language: string;
}

/** By slug. */
export type TopicNames = ReadonlyMap<string, TopicName>;

/** Keeps what topics are called. Whoever was first has named it: pages that show it would change unseen otherwise. */
export function nameTopics(db: Database, names: TopicNames): Promise<void> {
  return inTransaction(db, async (trx) => {
    if (await insertTopicNames(trx, names)) await touchSite(trx);
  });
}

/** What topics of the site's own are called. */
export function findTopicNames(db: Queryable): Promise<TopicNames> {
  return selectTopicNames(db);
}
