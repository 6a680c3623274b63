/** The SQL of revisions: their texts, and what the log says of them. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { State } from "./letter.ts";
import type { TextInput } from "./record-letter.ts";

/**
 * Holds a letter's text until the transaction ends: shared by those who sign it, alone by those who change or end it.
 * An advisory lock, since a shared lock on the letter's row would be written to disk with every signature.
 */
export async function lockText(trx: Transaction, letterId: string, how: "shared" | "alone"): Promise<void> {
  const key = sql`hashtextextended(${`undersigned.text ${letterId}`}, 0)`;
  await (how === "shared"
    ? sql`select pg_advisory_xact_lock_shared(${key})`
    : sql`select pg_advisory_xact_lock(${key})`
  ).execute(trx);
}

export async function insertRevision(
  trx: Transaction,
  revision: { readonly letterId: string; readonly number: number; readonly at: Date },
  translations: readonly TextInput[],
): Promise<void> {
  const { letterId: letter_id, number, at } = revision;
  await trx.insertInto("revision").values({ letter_id, number, created_at: at }).execute();
  await trx
    .insertInto("translation")
    .values(
      translations.map(({ language, title, summary, body }) => ({
        letter_id,
        revision: number,
        language,
        title,
        summary,
        body: body ?? null,
      })),
    )
    .execute();
}

/** A revision's texts by language; the body is empty where the text is not held. */
export async function selectTexts(
  db: Queryable,
  letterId: string,
  revision: number,
): Promise<Record<string, { title: string; body: string }>> {
  const rows = await db
    .selectFrom("translation")
    .select(["language", "title", "body"])
    .where("letter_id", "=", letterId)
    .where("revision", "=", revision)
    .execute();
  return Object.fromEntries(rows.map(({ language, title, body }) => [language, { title, body: body ?? "" }]));
}

export async function updateManifestHash(
  trx: Transaction,
  letterId: string,
  revision: number,
  hash: Uint8Array,
): Promise<void> {
  await trx
    .updateTable("revision")
    .set({ manifest_hash: Buffer.from(hash) })
    .where("letter_id", "=", letterId)
    .where("number", "=", revision)
    .execute();
}

export interface LatestRevision {
  readonly number: number;
  /** Of its manifest; null while it has not been queued for the log. */
  readonly hash: Buffer | null;
  readonly state: State;
  /** The original's language. */
  readonly language: string;
}

/** A letter's latest revision. */
export async function selectLatestRevision(
  db: Queryable,
  letterId: string,
): Promise<LatestRevision | undefined> {
  return db
    .selectFrom("revision")
    .innerJoin("letter", "letter.id", "revision.letter_id")
    .select(["revision.number", "revision.manifest_hash as hash", "letter.state", "letter.language"])
    .where("revision.letter_id", "=", letterId)
    .orderBy("revision.number", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Letters with revisions that have not been queued for the log, and which; oldest first. */
export async function selectUnloggedLetters(
  db: Queryable,
): Promise<{ readonly id: string; readonly closed: boolean; readonly revisions: number[] }[]> {
  const { rows } = await sql<{ id: string; closed: boolean; revisions: number[] }>`
    select l.id, l.state = 'closed' as closed, array_agg(r.number order by r.number) as revisions
    from revision r join letter l on l.id = r.letter_id
    where r.manifest_hash is null group by l.id order by l.listed`.execute(db);
  return rows;
}
