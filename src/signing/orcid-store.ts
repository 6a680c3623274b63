/** The SQL of ORCID iDs beside names. */
import { sql } from "kysely";
import type { Transaction } from "../database/open.ts";
import { keepHasEvidence } from "./evidence-store.ts";

/** Lets whoever puts one iD beside a name go one after the other. */
export async function lockOrcid(trx: Transaction, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`.execute(trx);
}

/** The same for the iDs beside some names, before these are locked. */
export async function lockOrcidOf(trx: Transaction, signatureIds: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(detail, 0)) from (
      select distinct detail from evidence
      where signature_id = any(${signatureIds}::uuid[]) and kind = 'orcid' and removed_at is null order by detail
    ) theirs`.execute(trx);
}

/** What keeps an iD for itself: a signature that stands, is looked at, or was asked again. */
const keeping = sql`s.state not in ('withdrawn', 'refused')`;

/** Whether an iD stands beside another name under a letter. Right only while the iD is locked. */
export async function isOrcidUsed(
  trx: Transaction,
  letterId: string,
  id: string,
  besideSignature: string,
): Promise<boolean> {
  const { rows } = await sql`
    select from evidence e join signature s on s.id = e.signature_id
    where e.kind = 'orcid' and e.detail = ${id} and e.removed_at is null
      and s.letter_id = ${letterId} and s.id <> ${besideSignature} and ${keeping} limit 1`.execute(trx);
  return rows.length > 0;
}

/** Takes the iD away for its owner, and forgets it. Returns whether there was one. */
export async function emptyOrcid(trx: Transaction, signatureId: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("evidence")
    .set({ removed_at: at, removed_by: "signatory", detail: null, note: null })
    .where("signature_id", "=", signatureId)
    .where("kind", "=", "orcid")
    .where("removed_at", "is", null)
    .executeTakeFirst();
  await keepHasEvidence(trx, signatureId);
  return numUpdatedRows > 0n;
}

/** Takes the iD away from a name that comes back, where it stands beside another by now. Right only while it is locked. */
export async function leaveUsedOrcid(
  trx: Transaction,
  { id, letter_id }: { readonly id: string; readonly letter_id: string },
  at: Date,
): Promise<void> {
  await sql`
    update evidence e set removed_at = ${at}, removed_by = 'system', detail = null, note = null
    where e.signature_id = ${id} and e.kind = 'orcid' and e.removed_at is null and exists (
      select from evidence o join signature s on s.id = o.signature_id
      where o.kind = 'orcid' and o.detail = e.detail and o.removed_at is null
        and s.letter_id = ${letter_id} and s.id <> ${id} and ${keeping})`.execute(trx);
  await keepHasEvidence(trx, id);
}

/** Shows the iD to readers or not. Returns whether that is a change. */
export async function updateShowOrcid(
  trx: Transaction,
  signatureId: string,
  show: boolean,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("evidence")
    .set({ show_detail: show })
    .where("signature_id", "=", signatureId)
    .where("kind", "=", "orcid")
    .where("removed_at", "is", null)
    .where("show_detail", "<>", show)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
