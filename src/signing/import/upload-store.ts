/** The SQL of files on their way in. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../../database/open.ts";
import type { Plan } from "./plan.ts";

export interface UploadRow {
  readonly id: string;
  readonly letterId: string;
  readonly createdAt: Date;
  /** Who uploaded it. */
  readonly by: string;
  /** Null for pasted text. */
  readonly fileName: string | null;
  readonly encoding: string;
  readonly delimiter: string;
  readonly plan: Plan | null;
}

const columns = sql`u.id, u.letter_id as "letterId", u.created_at as "createdAt", a.name as by,
  u.file_name as "fileName", u.encoding, u.delimiter, u.plan`;

/** Keeps a file. */
export async function insertUpload(
  trx: Transaction,
  row: {
    readonly id: string;
    readonly letterId: string;
    readonly accountId: string;
    readonly at: Date;
    readonly fileName: string | null;
    readonly sealed: Buffer;
    readonly encoding: string;
    readonly delimiter: string;
  },
): Promise<void> {
  await trx
    .insertInto("import_upload")
    .values({
      id: row.id,
      letter_id: row.letterId,
      uploaded_by: row.accountId,
      created_at: row.at,
      file_name: row.fileName,
      sealed: row.sealed,
      encoding: row.encoding,
      delimiter: row.delimiter,
    })
    .execute();
}

/** Keeps two from keeping a letter's files at once. Held alone, by nobody who holds another lock. */
export async function lockUploads(trx: Transaction, letterId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`uploads ${letterId}`}, 0))`.execute(trx);
}

/** A letter's files that take as many bytes when sealed, the oldest first: only these can hold the same. */
export async function selectUploadsOfLength(
  db: Queryable,
  letterId: string,
  bytes: number,
  since: Date,
): Promise<{ readonly id: string; readonly sealed: Buffer }[]> {
  return db
    .selectFrom("import_upload")
    .select(["id", "sealed"])
    .where("letter_id", "=", letterId)
    .where("created_at", ">=", since)
    .where(sql<boolean>`octet_length(sealed) = ${bytes}`)
    .orderBy("created_at")
    .execute();
}

/**
 * A letter's file, with what is in it.
 * @param lock holds it until the transaction ends: it is brought in once
 */
export async function selectUpload(
  db: Queryable,
  letterId: string,
  id: string,
  lock: "lock" | "read" = "read",
): Promise<(UploadRow & { readonly sealed: Buffer }) | undefined> {
  const { rows } = await sql<UploadRow & { sealed: Buffer }>`
    select ${columns}, u.sealed from import_upload u join account a on a.id = u.uploaded_by
    where u.id = ${id} and u.letter_id = ${letterId} ${lock === "lock" ? sql`for update of u` : sql``}`.execute(
    db,
  );
  return rows[0];
}

/** A letter's files that wait, the latest first. */
export async function selectUploads(db: Queryable, letterId: string): Promise<UploadRow[]> {
  const { rows } = await sql<UploadRow>`
    select ${columns} from import_upload u join account a on a.id = u.uploaded_by
    where u.letter_id = ${letterId} order by u.created_at desc limit 50`.execute(db);
  return rows;
}

/** Says how a file is read, or what is done with it. */
export async function updateUpload(
  db: Queryable,
  id: string,
  set: { readonly encoding?: string; readonly delimiter?: string; readonly plan?: Plan | null },
): Promise<void> {
  const { plan, ...others } = set;
  await db
    .updateTable("import_upload")
    .set({ ...others, ...(plan !== undefined && { plan: plan && JSON.stringify(plan) }) })
    .where("id", "=", id)
    .execute();
}

/** Deletes a file. @returns whether it was there */
export async function deleteUpload(db: Queryable, letterId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("import_upload")
    .where("id", "=", id)
    .where("letter_id", "=", letterId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Deletes files that came before an instant. @returns how many */
export async function deleteUploadsBefore(db: Queryable, before: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom("import_upload")
    .where("created_at", "<", before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
