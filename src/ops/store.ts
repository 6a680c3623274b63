/** The SQL of the operators' door. */
import type { Queryable } from "../database/open.ts";

export interface NewSite {
  readonly name: string;
  readonly heading: string;
  readonly tagline: string;
  readonly sample: boolean;
  readonly source: string | null;
}

/** Writes the site's row if there is none. @returns whether it was written now */
export async function createSite(db: Queryable, site: NewSite): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("site")
    .values(site)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
