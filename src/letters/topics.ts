/** What a site calls the topics of its own; those that every site knows have their names in locales/. */
import type { Queryable, Transaction } from "../database/open.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { isSameTopic } from "./topic-slug.ts";
import { selectTopicNames, writeTopicName } from "./topic-store.ts";
import { touchSite } from "./touch.ts";

/** How a topic is called, and in which language. */
export interface TopicName {
  readonly name: string;
  readonly language: string;
}

/** By slug. */
export type TopicNames = ReadonlyMap<string, TopicName>;

/** A topic as it was typed. */
export interface NamedTopic extends TopicName {
  /** Its slug. */
  readonly topic: string;
}

/**
 * Keeps what topics are called, with the letter for which they were typed. A name is mended by typing it again, as long
 * as no published letter has the topic: pages that show it would change unseen otherwise.
 * @returns a problem, with the name of the other, where another topic has a slug already; then nothing was written
 */
export async function nameTopics(
  trx: Transaction,
  typed: readonly NamedTopic[],
): Promise<Problem<"topic-taken"> | undefined> {
  if (typed.length === 0) return undefined;
  const names = new Map(await selectTopicNames(trx));
  for (const { topic, name, language } of typed) {
    const known = names.get(topic)?.name ?? name;
    if (!isSameTopic(known, name)) return problem("topic-taken", { name: known });
    names.set(topic, { name, language });
  }
  let changed = false;
  for (const topic of typed) changed = (await writeTopicName(trx, topic)) || changed;
  if (changed) await touchSite(trx);
  return undefined;
}

/** What topics of the site's own are called. */
export function findTopicNames(db: Queryable): Promise<TopicNames> {
  return selectTopicNames(db);
}
