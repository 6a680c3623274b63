/** The SQL of evidence, and of whether an organisation has any. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import type { Evidence, EvidenceKind } from "./evidence.ts";

/** A signature as evidence is about it. */
export interface EvidencedRow {
  readonly id: string;
  readonly letterId: string;
  readonly kind: SignatoryKind;
  readonly state: string;
  readonly name: string | null;
  readonly website: string | null;
}

/** @param lock holds the signature until the transaction ends */
export async function selectEvidenced(
  db: Queryable,
  letterId: string,
  signatureId: string,
  lock: "lock" | "read" = "read",
): Promise<EvidencedRow | undefined> {
  const { rows } = await sql<EvidencedRow>`
    select id, letter_id as "letterId", kind, state, name, website from signature
    where id = ${signatureId} and letter_id = ${letterId} ${lock === "lock" ? sql`for update` : sql``}`.execute(
    db,
  );
  return rows[0];
}

/** Everything that was ever known of a signature and not erased since, the oldest first. */
export async function selectEvidence(db: Queryable, signatureId: string): Promise<Evidence[]> {
  const { rows } = await sql<Evidence>`
    select e.id, e.kind, e.detail, e.show_detail as "showDetail", e.note, e.at, e.actor, a.name as "actorName",
      e.removed_at as "removedAt", e.removed_by as "removedBy", r.name as "removedByName", e.reason
    from evidence e left join account a on a.id = e.account_id left join account r on r.id = e.removed_account_id
    where e.signature_id = ${signatureId} order by e.id`.execute(db);
  return rows;
}

/** The migration that brought evidence. */
const evidenceMigration = 15;

/** An organisation that confirmed before, and of whose address nothing was ever noted. */
export interface Unnoted {
  readonly id: string;
  readonly letterId: string;
  readonly kind: "organisation";
  readonly website: string;
  readonly email_sealed: Buffer;
  readonly confirmedAt: Date;
}

/** @param letterId of one letter, and held until the transaction ends; without it, of all */
export async function selectUnnoted(db: Queryable, letterId?: string): Promise<Unnoted[]> {
  const { rows } = await sql<Unnoted>`
    select s.id, s.letter_id as "letterId", s.kind, s.website, s.email_sealed,
      coalesce(s.accepted_at, s.held_at) as "confirmedAt"
    from migration m
    join letter l on l.opened_at < m.applied_at
    join signature s on s.letter_id = l.id and s.state in ('accepted', 'held') and s.created_at < m.applied_at
    where m.number = ${evidenceMigration} and s.kind = 'organisation' and s.website is not null
      and coalesce(s.accepted_at, s.held_at) < m.applied_at
      and not exists (select from evidence e where e.signature_id = s.id and e.kind = 'address')
      and ${letterId === undefined ? sql`true` : sql`l.id = ${letterId}`}
    order by s.id ${letterId === undefined ? sql`` : sql`for update of s`}`.execute(db);
  return rows;
}

export interface NewEvidence {
  readonly signatureId: string;
  readonly kind: EvidenceKind;
  readonly detail: string | null;
  readonly showDetail: boolean;
  readonly note: string | null;
  readonly at: Date;
  /** The id of an account, or who else. */
  readonly by: { readonly accountId: string } | "signatory" | "system";
}

/** Adds evidence, of a kind that does not stand yet. Returns whether it did not. */
export async function insertEvidence(trx: Transaction, row: NewEvidence): Promise<boolean> {
  const { by } = row;
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("evidence")
    .values({
      signature_id: row.signatureId,
      kind: row.kind,
      detail: row.detail,
      show_detail: row.showDetail,
      note: row.note,
      at: row.at,
      actor: typeof by === "string" ? by : "account",
      account_id: typeof by === "string" ? null : by.accountId,
    })
    .onConflict((conflict) =>
      conflict.columns(["signature_id", "kind"]).where("removed_at", "is", null).doNothing(),
    )
    .executeTakeFirst();
  await keepHasEvidence(trx, row.signatureId);
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Takes evidence away for a reason of the desk's; the row stays. Returns its kind, if it stood. */
export async function updateRemoved(
  trx: Transaction,
  signatureId: string,
  evidenceId: number,
  by: { readonly accountId: string; readonly reason: string; readonly at: Date },
): Promise<EvidenceKind | undefined> {
  const row = await trx
    .updateTable("evidence")
    .set({
      removed_at: by.at,
      removed_by: "account",
      removed_account_id: by.accountId,
      reason: by.reason,
    })
    .where("id", "=", evidenceId)
    .where("signature_id", "=", signatureId)
    .where("removed_at", "is", null)
    .returning("kind")
    .executeTakeFirst();
  if (row) await keepHasEvidence(trx, signatureId);
  return row?.kind;
}

/** Takes away all that stands, for the signature says something else now. The rows stay. */
export async function removeStanding(trx: Transaction, signatureId: string, at: Date): Promise<void> {
  await sql`
    update evidence set removed_at = ${at}, removed_by = 'system',
      detail = case kind when 'orcid' then null else detail end, note = case kind when 'orcid' then null else note end
    where signature_id = ${signatureId} and removed_at is null`.execute(trx);
  await keepHasEvidence(trx, signatureId);
}

/** Takes away that the desk vouches, for what stands beside the name is another thing now. What it knew stays readable there. */
export async function removeVouching(trx: Transaction, signatureId: string, at: Date): Promise<void> {
  await sql`
    update evidence set removed_at = ${at}, removed_by = 'system'
    where signature_id = ${signatureId} and kind = 'organisers' and removed_at is null`.execute(trx);
  await keepHasEvidence(trx, signatureId);
}

/** Deletes everything that is known of signatures, and of the looks at their domains. */
export async function deleteEvidence(trx: Transaction, signatureIds: readonly string[]): Promise<void> {
  await trx.deleteFrom("evidence").where("signature_id", "in", signatureIds).execute();
  await trx.deleteFrom("domain_check").where("signature_id", "in", signatureIds).execute();
}

/** Keeps on the signature whether any evidence stands. Called after every change of it. */
export async function keepHasEvidence(trx: Transaction, signatureId: string): Promise<void> {
  await sql`
    update signature s set has_evidence = e.stands
    from (select exists (select from evidence where signature_id = ${signatureId} and removed_at is null) as stands) e
    where s.id = ${signatureId} and s.has_evidence <> e.stands`.execute(trx);
}
