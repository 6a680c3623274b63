/** The SQL of signatures, from one state to another. Every query goes by an index, whatever the number of signatures. */
import { sql } from "kysely";
import type { Transaction } from "../database/open.ts";
import { fold } from "../foundation/fold.ts";
import { countAnswered } from "./import/import-store.ts";
import type { Signed } from "./signature.ts";

export interface NewSignature {
  readonly id: string;
  readonly letterId: string;
  readonly revision: number;
  readonly language: string;
  readonly emailSealed: Buffer;
  readonly emailHash: Buffer;
  readonly createdAt: Date;
}

/** A pending signature. */
export async function insertSignature(trx: Transaction, signed: Signed, row: NewSignature): Promise<void> {
  await trx
    .insertInto("signature")
    .values({
      ...signed,
      id: row.id,
      letter_id: row.letterId,
      revision: row.revision,
      state: "pending",
      name_folded: fold(signed.name),
      language: row.language,
      email_sealed: row.emailSealed,
      email_hash: row.emailHash,
      created_at: row.createdAt,
    })
    .execute();
}

/** What a later form brings along, for the same address under the same letter. */
export type LaterForm = Omit<NewSignature, "id" | "letterId" | "emailHash">;

/**
 * Puts a later form in the place of what a pending signature was, as if it had come by this form alone. All links that
 * were mailed for it lead to it.
 */
export async function replacePending(
  trx: Transaction,
  id: string,
  signed: Signed,
  row: LaterForm,
): Promise<void> {
  await updateEntry(trx, id, signed, row.language);
  await trx
    .updateTable("signature")
    .set({
      revision: row.revision,
      email_sealed: row.emailSealed,
      created_at: row.createdAt,
      undeliverable_at: null,
      import_id: null,
      signed_elsewhere: null,
    })
    .where("id", "=", id)
    .execute();
}

/** Puts what a pending signature says in the place of what it said. */
export async function updateEntry(
  trx: Transaction,
  id: string,
  signed: Signed,
  language: string,
): Promise<void> {
  const { kind, name, affiliation, role, website, representative, country, show, updates } = signed;
  const said = { kind, name, affiliation, role, website, representative, country, show, updates };
  await trx
    .updateTable("signature")
    .set({ ...said, name_folded: fold(name), language })
    .where("id", "=", id)
    .where("state", "=", "pending")
    .execute();
}

/** Deletes a pending signature and its tokens, for its owner has said that it is not theirs. */
export async function deleteDenied(
  trx: Transaction,
  { id, import_id }: { readonly id: string; readonly import_id: string | null },
): Promise<void> {
  await trx.deleteFrom("signature").where("id", "=", id).where("state", "=", "pending").execute();
  if (import_id) await countAnswered(trx, import_id, "denied");
}

/** What no state but one has: a change of state sets it, or takes it away. */
const elsewhere = { held_at: null, refused_at: null, withdrawn_at: null, decision_id: null };

/** Holds a signature for a look. What it was accepted as before, in the log, stays with it. */
export async function updateHeld(
  trx: Transaction,
  id: string,
  held: { readonly revision: number; readonly at: Date; readonly decisionId?: string | undefined },
): Promise<void> {
  await trx
    .updateTable("signature")
    .set({
      ...elsewhere,
      state: "held",
      revision: held.revision,
      held_at: held.at,
      decision_id: held.decisionId ?? null,
    })
    .where("id", "=", id)
    .execute();
}

/** Puts a held signature back to where its signatory is asked. */
export async function updatePending(trx: Transaction, id: string, decisionId: string): Promise<void> {
  await trx
    .updateTable("signature")
    // The import by which it came has had its answer.
    .set({ ...elsewhere, state: "pending", decision_id: decisionId, import_id: null })
    .where("id", "=", id)
    .execute();
}

/** Refuses a signature. What it says stays, until it is emptied. */
export async function updateRefused(
  trx: Transaction,
  id: string,
  at: Date,
  decisionId: string,
): Promise<void> {
  await trx
    .updateTable("signature")
    .set({ ...elsewhere, state: "refused", refused_at: at, decision_id: decisionId })
    .where("id", "=", id)
    .execute();
}

/**
 * Makes a signature count: it takes the next place in the order of acceptance.
 * @param revision the text that its signatory was shown
 */
export async function updateAccepted(
  trx: Transaction,
  id: string,
  revision: number,
  at: Date,
  decisionId?: string,
): Promise<void> {
  await trx
    .updateTable("signature")
    .set({
      ...elsewhere,
      state: "accepted",
      revision,
      accepted_at: at,
      text_signed_at: null,
      decision_id: decisionId ?? null,
      place: sql<number>`nextval('signature_place')`,
    })
    .where("id", "=", id)
    .execute();
}

/** Puts an accepted signature under a later text. Its place and the day on which it counts stay. */
export async function updateText(trx: Transaction, id: string, revision: number, at: Date): Promise<void> {
  await trx
    .updateTable("signature")
    .set({ revision, text_signed_at: at })
    .where("id", "=", id)
    .where("state", "=", "accepted")
    .execute();
}

/** What a signatory may change afterwards. */
export interface Correction {
  readonly affiliation: string | null;
  readonly role: string | null;
  readonly updates: boolean;
}

/** Changes what a signatory may change; what is not given stays. */
export async function updateSignature(
  trx: Transaction,
  id: string,
  correction: Partial<Correction>,
): Promise<void> {
  await trx.updateTable("signature").set(correction).where("id", "=", id).execute();
}

/** Takes a signature out of what counts. What it says stays, until it is emptied. */
export async function updateWithdrawn(trx: Transaction, id: string, at: Date): Promise<void> {
  await trx
    .updateTable("signature")
    .set({ ...elsewhere, state: "withdrawn", withdrawn_at: at })
    .where("id", "=", id)
    .execute();
}

/** Takes everything personal out of withdrawn or refused signatures. Kind, dates and tokens stay. */
export async function emptySignatures(trx: Transaction, ids: readonly string[], at: Date): Promise<void> {
  await trx
    .updateTable("signature")
    .set({
      erased_at: at,
      name: null,
      name_folded: null,
      affiliation: null,
      role: null,
      website: null,
      representative: null,
      country: null,
      updates: false,
      email_sealed: null,
      email_hash: null,
      undeliverable_at: null,
      signed_elsewhere: null,
      has_evidence: false,
    })
    .where("id", "in", ids)
    .execute();
}

/**
 * Marks an address as refused by its mail server, or (null) as worth another try.
 * @returns undefined where there is no such signature any more; of one that waits for an answer the import by which it came
 */
export async function setUndeliverable(
  trx: Transaction,
  id: string,
  at: Date | null,
): Promise<{ readonly importId: string | null } | undefined> {
  const row = await trx
    .updateTable("signature")
    .set({ undeliverable_at: at })
    .where("id", "=", id)
    .where("state", "<>", "withdrawn")
    .where("erased_at", "is", null)
    .returning(["state", "import_id"])
    .executeTakeFirst();
  return row && { importId: row.state === "pending" ? row.import_id : null };
}

/** Whether another organisation that is listed under a letter bears a name, as compared. */
export async function isNameListed(trx: Transaction, letterId: string, folded: string): Promise<boolean> {
  const found = await trx
    .selectFrom("signature")
    .select("id")
    .where("letter_id", "=", letterId)
    .where("kind", "=", "organisation")
    .where("name_folded", "=", folded)
    .where("state", "=", "accepted")
    .where("show", "=", true)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
