/** The SQL of what opens signatures in the log. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";

export interface SignatureSecret {
  readonly master_sealed: Buffer;
  readonly owner_hash: Buffer;
  readonly salt_name: Buffer;
  readonly salt_affiliation: Buffer;
  readonly email_commitment: Buffer;
}

/** Keeps secrets of signatures. Each has one at a time: a new entry in the log brings a new one. */
export async function upsertSecrets(
  trx: Transaction,
  secrets: readonly (SignatureSecret & { readonly id: string })[],
): Promise<void> {
  const all = (name: keyof SignatureSecret) => sql`${secrets.map((secret) => secret[name])}::bytea[]`;
  await sql`
    insert into signature_secret (signature_id, master_sealed, owner_hash, salt_name, salt_affiliation, email_commitment)
    select * from unnest(${secrets.map(({ id }) => id)}::uuid[], ${all("master_sealed")}, ${all("owner_hash")},
      ${all("salt_name")}, ${all("salt_affiliation")}, ${all("email_commitment")})
    on conflict (signature_id) do update set master_sealed = excluded.master_sealed,
      owner_hash = excluded.owner_hash, salt_name = excluded.salt_name,
      salt_affiliation = excluded.salt_affiliation, email_commitment = excluded.email_commitment`.execute(
    trx,
  );
}

export async function selectSecret(db: Queryable, signatureId: string): Promise<SignatureSecret | undefined> {
  return db
    .selectFrom("signature_secret")
    .select(["master_sealed", "owner_hash", "salt_name", "salt_affiliation", "email_commitment"])
    .where("signature_id", "=", signatureId)
    .executeTakeFirst();
}

export async function deleteSecrets(trx: Transaction, signatureIds: readonly string[]): Promise<void> {
  await trx.deleteFrom("signature_secret").where("signature_id", "in", signatureIds).execute();
}

/** An accepted signature of before the log. */
export interface UnloggedRow {
  readonly id: string;
  readonly letter_id: string;
  readonly revision: number;
  readonly kind: "person" | "organisation";
  readonly name: string;
  readonly affiliation: string | null;
  readonly show: boolean;
  readonly email_sealed: Buffer;
}

/**
 * Accepted signatures under a revision that the log knows nothing of, in the order of acceptance, so many at a time.
 * They are read in one go: no index has this order, which is needed once.
 */
export async function* selectUnlogged(
  trx: Transaction,
  letterId: string,
  revision: number,
  atOnce: number,
): AsyncGenerator<UnloggedRow[]> {
  await sql`declare unlogged no scroll cursor for
    select id, letter_id, revision, kind, name, affiliation, show, email_sealed from signature s
    where letter_id = ${letterId} and revision = ${revision} and state = 'accepted'
      and not exists (select from signature_secret k where k.signature_id = s.id)
    order by place`.execute(trx);
  for (;;) {
    const { rows } = await sql<UnloggedRow>`fetch ${sql.lit(atOnce)} from unlogged`.execute(trx);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`close unlogged`.execute(trx);
}
