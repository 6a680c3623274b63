/** The SQL of letters: recording, closing and finding them. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import { insertFacts, insertReported } from "./facts-store.ts";
import type { LetterInput } from "./record-letter.ts";
import { insertRevision } from "./revision-store.ts";
import type { LetterTitle } from "./titles.ts";

/** A letter with its first revision, its tally, and all that is known of it. */
export async function insertLetter(
  trx: Transaction,
  letter: LetterInput & { id: string; slug: string; dated: number; at: Date },
): Promise<void> {
  const letter_id = letter.id;
  await trx
    .insertInto("letter")
    .values({
      id: letter_id,
      slug: letter.slug,
      kind: letter.kind,
      publisher_role: letter.publisherRole ?? null,
      state: letter.state,
      dated: letter.dated,
      language: letter.language,
      measure_name: letter.measure?.name ?? null,
      measure_type: letter.measure?.type ?? null,
      stance: letter.stance ?? null,
      example: letter.example ?? false,
      opened_at: letter.state === "open" ? letter.at : null,
      closes_on: letter.closesOn ?? null,
    })
    .execute();
  await insertRevision(trx, { letterId: letter_id, number: 1, at: letter.at }, letter.translations);
  await trx.insertInto("tally").values({ letter_id }).execute();
  await insertFacts(trx, letter_id, letter);
  await insertReported(trx, letter_id, letter);
}

/** Open letters whose last day lies before a day, in a fixed order, so that two who lock them do not wait for each other. */
export async function selectOverdue(trx: Transaction, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from letter where state = 'open' and closes_on < ${now.toISOString().slice(0, 10)}::date order by id
  `.execute(trx);
  return rows.map(({ id }) => id);
}

/** Closes an open letter. @returns whether it was open */
export async function updateClosed(trx: Transaction, letterId: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("letter")
    .set({ state: "closed", closed_at: at })
    .where("id", "=", letterId)
    .where("state", "=", "open")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** How a letter stands, its last day for signing (yyyy-mm-dd), and the original's title. */
export async function selectClosing(
  db: Queryable,
  letterId: string,
): Promise<{ state: string; closesOn: string | null; title: string } | undefined> {
  const { rows } = await sql<{ state: string; closesOn: string | null; title: string }>`
    select l.state, to_char(l.closes_on, 'YYYY-MM-DD') as "closesOn", t.title
    from letter l join translation t on t.letter_id = l.id and t.language = l.language
    where l.id = ${letterId} order by t.revision desc limit 1`.execute(db);
  return rows[0];
}

export async function updateClosesOn(
  trx: Transaction,
  letterId: string,
  closesOn: string | null,
): Promise<void> {
  await sql`update letter set closes_on = ${closesOn}::date where id = ${letterId}`.execute(trx);
}

/**
 * The letters of some dates (as stored numbers), with their titles in every language and revision, in the order of
 * listing.
 */
export async function selectLettersDated(
  db: Queryable,
  dated: readonly number[],
): Promise<{ slug: string; dated: number; titles: string[] }[]> {
  const { rows } = await sql<{ slug: string; dated: number; titles: string[] }>`
    select slug, dated, array(select distinct title from translation where letter_id = id order by title) as titles
    from letter where dated = any(${dated}::int[]) order by listed`.execute(db);
  return rows;
}

/** Letters with the title of their latest revision, in a language where they have it; the latest letter first. */
export async function selectTitles(
  db: Queryable,
  language: string,
  limit: number,
  ids?: readonly string[],
): Promise<LetterTitle[]> {
  const { rows } = await sql<LetterTitle>`
    select l.id, l.slug, t.title, t.language as "titleLanguage"
    from letter l
    cross join lateral (select max(number) as number from revision where letter_id = l.id) r
    cross join lateral (select title, language from translation
                        where letter_id = l.id and revision = r.number and language in (${language}, l.language)
                        order by language = ${language} desc limit 1) t
    where ${ids ? sql`l.id = any(${ids}::uuid[])` : sql`true`}
    order by l.dated desc, l.listed desc limit ${limit}`.execute(db);
  return rows;
}
