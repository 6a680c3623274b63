/**
 * The SQL of what is known of a letter beside its text: whom it is written to, by whom, about what, and who is reported
 * to have signed it.
 */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import { partialDateToNumber } from "../foundation/partial-date.ts";
import type { LetterFacts, ReportedSignatories } from "./record-letter.ts";
import { addToReported, insertReportedNames } from "./reported-store.ts";

/** Addressees, initiators, topics and places, of a letter that has none yet. */
export async function insertFacts(
  trx: Transaction,
  letter_id: string,
  {
    addressees,
    initiators,
    topics,
    places,
  }: Pick<LetterFacts, "addressees" | "initiators" | "topics" | "places">,
): Promise<void> {
  const at = (index: number) => ({ letter_id, position: index + 1 });
  if (addressees.length > 0) {
    await trx
      .insertInto("addressee")
      .values(addressees.map(({ name, type }, index) => ({ ...at(index), name, type })))
      .execute();
  }
  if (initiators.length > 0) {
    await trx
      .insertInto("initiator")
      .values(initiators.map((name, index) => ({ ...at(index), name })))
      .execute();
  }
  if (topics.length > 0) {
    await trx
      .insertInto("letter_topic")
      .values(topics.map((topic, index) => ({ ...at(index), topic })))
      .execute();
  }
  if (places.length > 0) {
    await trx
      .insertInto("letter_place")
      .values(places.map((place, index) => ({ ...at(index), place })))
      .execute();
  }
}

/** Signatories as reported, of a letter that has none yet. */
export async function insertReported(
  trx: Transaction,
  letter_id: string,
  { namedSignatories, reportedCount }: ReportedSignatories,
): Promise<void> {
  if (namedSignatories.length > 0) {
    const rows = namedSignatories.map(({ name, kind }, index) => ({
      letter_id,
      position: index + 1,
      name,
      name_folded: fold(name),
      kind,
    }));
    await insertReportedNames(trx, rows);
    await addToReported(trx, letter_id, namedSignatories.length);
  }
  if (reportedCount) {
    await trx
      .insertInto("reported_count")
      .values({
        letter_id,
        kind: reportedCount.kind,
        count: reportedCount.count ?? null,
        qualifier: reportedCount.qualifier ?? null,
        description: reportedCount.description,
      })
      .execute();
  }
}

/** Writes all facts of a letter anew; its texts, and those reported to have signed it, stay. */
export async function replaceFacts(trx: Transaction, letterId: string, facts: LetterFacts): Promise<void> {
  await trx
    .updateTable("letter")
    .set({
      kind: facts.kind,
      publisher_role: facts.publisherRole ?? null,
      dated: partialDateToNumber(facts.date),
      language: facts.language,
      measure_name: facts.measure?.name ?? null,
      measure_type: facts.measure?.type ?? null,
      stance: facts.stance ?? null,
    })
    .where("id", "=", letterId)
    .execute();
  for (const table of ["addressee", "initiator", "letter_topic", "letter_place"] as const)
    await trx.deleteFrom(table).where("letter_id", "=", letterId).execute();
  await insertFacts(trx, letterId, facts);
}

/** Writes those reported to have signed a letter anew; names that were brought in from a file stay. */
export async function replaceReported(
  trx: Transaction,
  letterId: string,
  reported: ReportedSignatories,
): Promise<void> {
  const { numDeletedRows } = await trx
    .deleteFrom("reported_signatory")
    .where("letter_id", "=", letterId)
    .where("import_id", "is", null)
    .executeTakeFirst();
  await addToReported(trx, letterId, -Number(numDeletedRows));
  await trx.deleteFrom("reported_count").where("letter_id", "=", letterId).execute();
  await insertReported(trx, letterId, reported);
}

/** Gives the texts of a letter's latest revision other summaries. They are no part of what is signed. */
export async function updateSummaries(
  trx: Transaction,
  letterId: string,
  summaries: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [language, summary] of Object.entries(summaries))
    await sql`update translation set summary = ${summary} where letter_id = ${letterId} and language = ${language}
      and revision = (select max(number) from revision where letter_id = ${letterId})`.execute(trx);
}

/** Those named as signatories elsewhere in their order, and the unnamed rest; names from a file stand apart. */
export async function selectReported(db: Queryable, letterId: string): Promise<ReportedSignatories> {
  const namedSignatories = await db
    .selectFrom("reported_signatory")
    .select(["name", "kind"])
    .where("letter_id", "=", letterId)
    .where("import_id", "is", null)
    .orderBy("position")
    .execute();
  const rest = await db
    .selectFrom("reported_count")
    .select(["kind", "count", "qualifier", "description"])
    .where("letter_id", "=", letterId)
    .executeTakeFirst();
  if (!rest) return { namedSignatories };
  const { kind, count, qualifier, description } = rest;
  const counted = count === null || qualifier === null ? {} : { count, qualifier };
  return { namedSignatories, reportedCount: { kind, description, ...counted } };
}
