/** The SQL of tiles: hashes of the tree, and bundles of entries. Only the sequencer writes them. */
import { sql } from "kysely";
import type { Queryable, Transaction } from "../database/open.ts";

/** A tile's hashes as far as the tree has them; with a wider tree than the caller's there are more. */
export async function selectTile(db: Queryable, level: number, index: number): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom("log_tile")
    .select("hashes")
    .where("level", "=", level)
    .where("index", "=", index)
    .executeTakeFirst();
  return row?.hashes;
}

export async function selectBundle(db: Queryable, index: number): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom("log_bundle")
    .select("entries")
    .where("index", "=", index)
    .executeTakeFirst();
  return row?.entries;
}

/** Writes tiles; a wider one takes the place of a narrower. */
export async function upsertTiles(
  trx: Transaction,
  tiles: readonly { readonly level: number; readonly index: number; readonly hashes: Uint8Array }[],
): Promise<void> {
  await sql`
    insert into log_tile (level, index, hashes)
    select * from unnest(${tiles.map(({ level }) => level)}::smallint[], ${tiles.map(({ index }) => index)}::bigint[],
                         ${tiles.map(({ hashes }) => Buffer.from(hashes))}::bytea[])
    on conflict (level, index) do update set hashes = excluded.hashes
  `.execute(trx);
}

export async function upsertBundles(
  trx: Transaction,
  bundles: readonly { readonly index: number; readonly entries: Uint8Array }[],
): Promise<void> {
  await sql`
    insert into log_bundle (index, entries)
    select * from unnest(${bundles.map(({ index }) => index)}::bigint[],
                         ${bundles.map(({ entries }) => Buffer.from(entries))}::bytea[])
    on conflict (index) do update set entries = excluded.entries
  `.execute(trx);
}
