/** The SQL of who stands under a letter already. */
import { sql } from "kysely";
import type { Queryable } from "../../database/open.ts";
import type { SignatoryKind } from "../../letters/letter.ts";

/** How many of the addresses have a signature under the letter, or want no mail about it. */
export async function countKnownAddresses(
  db: Queryable,
  letterId: string,
  hashes: readonly Buffer[],
): Promise<number> {
  return (await selectKnownAddresses(db, letterId, hashes)).length;
}

/** Of the addresses those that have a signature under the letter, or want no mail about it. */
export async function selectKnownAddresses(
  db: Queryable,
  letterId: string,
  hashes: readonly Buffer[],
): Promise<Buffer[]> {
  const { rows } = await sql<{ hash: Buffer }>`
    select email_hash as hash from signature where letter_id = ${letterId} and email_hash = any(${hashes}::bytea[])
    union
    select email_hash from mail_block where letter_id = ${letterId} and email_hash = any(${hashes}::bytea[])`.execute(
    db,
  );
  return rows.map(({ hash }) => hash);
}

/** Names on the letter's public lists that are, as compared, one of these. */
export async function selectNamesLike(
  db: Queryable,
  letterId: string,
  folded: readonly string[],
): Promise<{ kind: SignatoryKind; name: string; affiliation: string | null }[]> {
  const { rows } = await sql<{ kind: SignatoryKind; name: string; affiliation: string | null }>`
    with wanted as (select distinct unnest(${folded}::text[]) as name_folded)
    select kind, name, affiliation from reported_signatory join wanted using (name_folded)
    where letter_id = ${letterId}
    union all
    select kind, name, affiliation from signature join wanted using (name_folded)
    where letter_id = ${letterId} and state = 'accepted' and show`.execute(db);
  return rows;
}
