/** The SQL of the words that misspelt ones are compared with, and of the organisations that signed here. */
import { sql } from "kysely";
import type { Transaction } from "../database/open.ts";
import { simpleConfiguration } from "./search-configuration.ts";

/** Words must come sorted, so that two transactions insert them in the same order. */
export async function insertKnownWords(trx: Transaction, words: readonly string[]): Promise<void> {
  await sql`insert into known_word (word)
    select word from unnest(${words}::text[]) with ordinality as given (word, place)
    where not exists (select from known_word where known_word.word = given.word)
    order by place on conflict do nothing`.execute(trx);
}

/** An organisation, by its name as compared, among those that signed a letter. A second time does nothing. */
export async function insertOrganisation(
  trx: Transaction,
  letterId: string,
  folded: string,
  name: string,
): Promise<void> {
  await sql`insert into letter_organisation (letter_id, folded, document)
    values (${letterId}, ${folded}, to_tsvector(${simpleConfiguration}::regconfig, ${name}))
    on conflict do nothing`.execute(trx);
}

/** Takes an organisation, by its name as compared, from those that signed a letter. */
export async function deleteOrganisation(trx: Transaction, letterId: string, folded: string): Promise<void> {
  await sql`delete from letter_organisation where letter_id = ${letterId} and folded = ${folded}`.execute(
    trx,
  );
}
