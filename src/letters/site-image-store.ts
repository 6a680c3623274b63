/** The SQL of pictures for the site's logo. */
import { type Insertable, sql } from "kysely";
import type { Queryable, Schema, Transaction } from "../database/open.ts";
import type { SiteImage } from "./site.ts";

/** Adds a picture; one that is there is as good as new. */
export async function insertImage(trx: Transaction, row: Insertable<Schema["site_image"]>): Promise<void> {
  await trx
    .insertInto("site_image")
    .values(row)
    .onConflict((conflict) => conflict.column("hash").doUpdateSet({ added_at: row.added_at }))
    .execute();
}

/** Deletes what the site does not use and was added before an instant. */
export async function deleteUnused(trx: Transaction, before: Date): Promise<void> {
  await sql`
    delete from site_image i where added_at < ${before}
      and not exists (select from site where logo = i.hash or logo_dark = i.hash)`.execute(trx);
}

/** A picture by its hash. */
export function selectImage(db: Queryable, hash: string): Promise<SiteImage | undefined> {
  return db
    .selectFrom("site_image")
    .select(["hash", "type", "width", "height"])
    .where("hash", "=", hash)
    .executeTakeFirst();
}

/** Its bytes. */
export function selectImageBytes(
  db: Queryable,
  hash: string,
): Promise<{ readonly type: SiteImage["type"]; readonly bytes: Buffer } | undefined> {
  return db.selectFrom("site_image").select(["type", "bytes"]).where("hash", "=", hash).executeTakeFirst();
}
