/** The SQL of a letter's rules for signatures. */
import type { Queryable, Transaction } from "../database/open.ts";
import type { Moderation } from "./moderation.ts";

export async function selectModeration(db: Queryable, letterId: string): Promise<Moderation | undefined> {
  return db
    .selectFrom("letter_moderation")
    .select(["hold_people as holdPeople", "hold_organisations as holdOrganisations"])
    .where("letter_id", "=", letterId)
    .executeTakeFirst();
}

export async function deleteModeration(trx: Transaction, letterIds: readonly string[]): Promise<void> {
  await trx.deleteFrom("letter_moderation").where("letter_id", "in", letterIds).execute();
}

export async function upsertModeration(
  trx: Transaction,
  letterId: string,
  { holdPeople, holdOrganisations }: Moderation,
): Promise<void> {
  const rules = { hold_people: holdPeople, hold_organisations: holdOrganisations };
  await trx
    .insertInto("letter_moderation")
    .values({ letter_id: letterId, ...rules })
    .onConflict((conflict) => conflict.column("letter_id").doUpdateSet(rules))
    .execute();
}
