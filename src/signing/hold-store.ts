/** The SQL of why signatures are held. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";
import type { HoldReason } from "./hold-rules.ts";

export interface HoldRow {
  readonly reasons: readonly HoldReason[];
  readonly watched: string | null;
  readonly domain_hash: Buffer;
  readonly owner_hash: Buffer | null;
  /** When it was found good, while its signatory is asked about another text. */
  readonly cleared_at: Date | null;
}

export async function selectHold(db: Queryable, signatureId: string): Promise<HoldRow | undefined> {
  const row = await db
    .selectFrom("signature_hold")
    .select(["reasons", "watched", "domain_hash", "owner_hash", "cleared_at"])
    .where("signature_id", "=", signatureId)
    .executeTakeFirst();
  return row && { ...row, reasons: row.reasons as HoldReason[] };
}

/** Writes down why a signature is held; what was there before gives way. */
export async function upsertHold(
  trx: Transaction,
  signatureId: string,
  { reasons, ...hold }: HoldRow,
): Promise<void> {
  const row = { ...hold, reasons: [...reasons] };
  await trx
    .insertInto("signature_hold")
    .values({ signature_id: signatureId, ...row })
    .onConflict((conflict) => conflict.column("signature_id").doUpdateSet(row))
    .execute();
}

/** Notes that held signatures were found good, or (null) that they have to be looked at. */
export async function setCleared(
  trx: Transaction,
  signatureIds: readonly string[],
  at: Date | null,
): Promise<void> {
  await sql`update signature_hold set cleared_at = ${at} where signature_id = any(${signatureIds}::uuid[])`.execute(
    trx,
  );
}

/**
 * Forgets that those were found good by a decision who are not there now and may come back: whom it has asked about
 * another text, and who have not answered; and who have withdrawn since.
 * @returns how many
 */
export async function unclearAway(
  trx: Transaction,
  { id, letterId }: { readonly id: string; readonly letterId: string },
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from signature where id in (
      select id from signature where decision_id = ${id} and state = 'pending'
      union all
      select s.id from signature s
      where s.letter_id = ${letterId} and s.state = 'withdrawn' and s.erased_at is null and ${id} = (
        select c.decision_id from signature_change c
        where c.signature_id = s.id and c.decision_id is not null order by c.id desc limit 1)
    ) order by id for update`.execute(trx);
  const ids = rows.map(({ id }) => id);
  await setCleared(trx, ids, null);
  return ids.length;
}

/** The decision that found a signature good, as long as that holds. */
export async function selectFoundBy(db: Queryable, signatureId: string): Promise<string | undefined> {
  const { rows } = await sql<{ by: string }>`
    select c.decision_id as by from signature_hold h join signature_change c on c.signature_id = h.signature_id
    where h.signature_id = ${signatureId} and h.cleared_at is not null and c.decision_id is not null
    order by c.id desc limit 1`.execute(db);
  return rows[0]?.by;
}

/** Forgets why signatures were held. */
export async function deleteHolds(trx: Transaction, signatureIds: readonly string[]): Promise<void> {
  await trx.deleteFrom("signature_hold").where("signature_id", "in", signatureIds).execute();
}
