/** The SQL of those who are still to be asked: pending signatures of an import, and whose turn it is. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../../database/open.ts";
import type { NewSignature } from "../signature-store.ts";

/** A pending signature that comes from a file. */
export interface ImportedSignature
  extends Omit<NewSignature, "createdAt" | "letterId" | "revision" | "language"> {
  readonly kind: "person" | "organisation";
  readonly name: string;
  readonly name_folded: string;
  readonly affiliation: string | null;
  readonly role: string | null;
  readonly website: string | null;
  readonly representative: string | null;
  readonly country: string;
  readonly show: boolean;
  readonly signed_elsewhere: number | null;
}

/** Enters pending signatures, and puts them into the queue of those to be asked. */
export async function insertImported(
  trx: Transaction,
  of: {
    readonly importId: string;
    readonly letterId: string;
    readonly revision: number;
    readonly language: string;
    readonly at: Date;
  },
  rows: readonly ImportedSignature[],
): Promise<void> {
  // As one value: a statement with a place for each cell takes longer to be written than to be carried out.
  const cells = rows.map(({ emailSealed, emailHash, ...row }) => ({
    ...row,
    email_sealed: hex(emailSealed),
    email_hash: hex(emailHash),
  }));
  await sql`
    with entered as (
      insert into signature (id, letter_id, revision, kind, state, name, name_folded, affiliation, role, website,
        representative, country, show, updates, language, email_sealed, email_hash, created_at, import_id,
        signed_elsewhere)
      select id, ${of.letterId}, ${of.revision}, kind, 'pending', name, name_folded, affiliation, role, website,
        representative, country, show, false, ${of.language}, email_sealed, email_hash, ${of.at}, ${of.importId},
        signed_elsewhere
      from json_to_recordset(${JSON.stringify(cells)}) as cells (id uuid, kind text, name text, name_folded text,
        affiliation text, role text, website text, representative text, country text, show boolean,
        email_sealed bytea, email_hash bytea, signed_elsewhere integer)
      returning id)
    insert into import_waiting (signature_id, import_id, due_at) select id, ${of.importId}, ${of.at} from entered
  `.execute(trx);
}

/** Bytes as PostgreSQL reads them from text. */
const hex = (bytes: Buffer) => `\\x${bytes.toString("hex")}`;

/** Those whose turn it is. */
export async function selectDue(
  db: Queryable,
  importId: string,
  now: Date,
  limit: number,
): Promise<{ id: string; letterId: string; sealed: Buffer }[]> {
  const { rows } = await sql<{ id: string; letterId: string; sealed: Buffer }>`
    select s.id, s.letter_id as "letterId", s.email_sealed as sealed
    from import_waiting w join signature s on s.id = w.signature_id
    where w.import_id = ${importId} and w.due_at <= ${now} order by w.due_at, s.id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** Whether a signature waits to be asked still, held until the transaction ends. */
export async function lockWaiting(
  trx: Transaction,
  signatureId: string,
): Promise<{ language: string; emailHash: Buffer } | undefined> {
  const { rows } = await sql<{ language: string; emailHash: Buffer }>`
    select language, email_hash as "emailHash" from signature
    where id = ${signatureId} and state = 'pending'
      and exists (select from import_waiting w where w.signature_id = signature.id)
    for update`.execute(trx);
  return rows[0];
}

/** A signature's turn comes later. */
export async function postponeWaiting(trx: Transaction, signatureId: string, until: Date): Promise<void> {
  await trx
    .updateTable("import_waiting")
    .set({ due_at: until })
    .where("signature_id", "=", signatureId)
    .execute();
}

/** A signature has had its turn. */
export async function deleteWaiting(trx: Transaction, signatureId: string): Promise<void> {
  await trx.deleteFrom("import_waiting").where("signature_id", "=", signatureId).execute();
}

/** When the next one's turn is, and how many wait. */
export async function selectNextDue(
  db: Queryable,
  importId: string,
): Promise<{ count: number; next: Date | null }> {
  const { rows } = await sql<{ count: number; next: Date | null }>`
    select count(*)::int as count, min(due_at) as next from import_waiting where import_id = ${importId}`.execute(
    db,
  );
  return rows[0]!;
}

/** Takes back the pending signatures of an import. @returns how many there were */
export async function deleteImportedPending(trx: Transaction, importId: string): Promise<number> {
  // Held in one order first, so that two who take back do not wait in a circle.
  await sql`select from signature where import_id = ${importId} and state = 'pending' order by id for update`.execute(
    trx,
  );
  const { numAffectedRows } = await sql`
    delete from signature where import_id = ${importId} and state = 'pending'`.execute(trx);
  return Number(numAffectedRows ?? 0);
}
