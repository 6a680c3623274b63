/** The SQL of imports, and of what became of those who were asked. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../../database/open.ts";
import type { ImportMode } from "./plan.ts";

/** An import and its kept counts. */
export interface ImportRow {
  readonly id: string;
  readonly letterId: string;
  readonly mode: ImportMode;
  readonly by: string;
  readonly createdAt: Date;
  /** Null for pasted text. */
  readonly fileName: string | null;
  /** Rows that came in, and rows that did not. */
  readonly entered: number;
  readonly leftOut: number;
  /** Of those who are asked: to how many the mail is on its way. */
  readonly asked: number;
  /** Without an answer so far. */
  readonly pending: number;
  readonly confirmed: number;
  readonly denied: number;
  readonly undeliverable: number;
  /** Not answered in time, or signed with the form instead. */
  readonly lapsed: number;
  readonly takenBackAt: Date | null;
  readonly takenBack: number;
}

const columns = sql`i.id, i.letter_id as "letterId", i.mode, a.name as by, i.created_at as "createdAt",
  i.file_name as "fileName", i.entered, i.left_out as "leftOut", i.asked, i.pending, i.confirmed, i.denied,
  i.undeliverable, i.lapsed, i.taken_back_at as "takenBackAt", i.taken_back as "takenBack"`;

/** Writes an import down. Of those who are asked, all wait for an answer. */
export async function insertImport(
  trx: Transaction,
  row: {
    readonly id: string;
    readonly letterId: string;
    readonly mode: ImportMode;
    readonly accountId: string;
    readonly at: Date;
    readonly fileName: string | null;
    readonly entered: number;
    readonly leftOut: number;
  },
): Promise<void> {
  await trx
    .insertInto("signature_import")
    .values({
      id: row.id,
      letter_id: row.letterId,
      mode: row.mode,
      imported_by: row.accountId,
      created_at: row.at,
      file_name: row.fileName,
      entered: row.entered,
      left_out: row.leftOut,
      pending: row.mode === "ask" ? row.entered : 0,
    })
    .execute();
}

/** A letter's import. */
export async function selectImport(
  db: Queryable,
  letterId: string,
  id: string,
): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`
    select ${columns} from signature_import i join account a on a.id = i.imported_by
    where i.id = ${id} and i.letter_id = ${letterId}`.execute(db);
  return rows[0];
}

/** A letter's imports, the latest first. */
export async function selectImports(db: Queryable, letterId: string, limit: number): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select ${columns} from signature_import i join account a on a.id = i.imported_by
    where i.letter_id = ${letterId} order by i.created_at desc, i.id limit ${limit}`.execute(db);
  return rows;
}

/** Says how many rows came in after all, before anybody else can see the import. */
export async function updateEntered(
  trx: Transaction,
  id: string,
  entered: number,
  leftOut: number,
): Promise<void> {
  await trx
    .updateTable("signature_import")
    .set({ entered, left_out: leftOut, pending: entered })
    .where("id", "=", id)
    .execute();
}

/** One more mail is on its way. */
export async function countAsked(trx: Transaction, importId: string): Promise<void> {
  await sql`update signature_import set asked = asked + 1 where id = ${importId}`.execute(trx);
}

/** One more mail was refused for good. The entry goes on waiting, and lapses some day. */
export async function countUndeliverable(trx: Transaction, importId: string): Promise<void> {
  await sql`update signature_import set undeliverable = undeliverable + 1 where id = ${importId}`.execute(
    trx,
  );
}

/** Entries that wait no longer. */
export async function countAnswered(
  trx: Transaction,
  importId: string,
  answer: "confirmed" | "denied" | "lapsed",
  by = 1,
): Promise<void> {
  await sql`update signature_import set pending = pending - ${by}, ${sql.ref(answer)} = ${sql.ref(answer)} + ${by}
    where id = ${importId}`.execute(trx);
}

/** Holds an import until the transaction ends. */
export async function lockImport(trx: Transaction, id: string): Promise<void> {
  await sql`select from signature_import where id = ${id} for update`.execute(trx);
}

/** An import is taken back, with so many entries. @returns whether it had not been before */
export async function updateTakenBack(
  trx: Transaction,
  id: string,
  at: Date,
  entries: number,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update signature_import set taken_back_at = ${at}, taken_back = ${entries},
      pending = case mode when 'ask' then pending - ${entries} else 0 end
    where id = ${id} and taken_back_at is null`.execute(trx);
  return (numAffectedRows ?? 0n) > 0n;
}
