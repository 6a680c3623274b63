import type { Queryable } from "../database/open.ts";
import { selectSiteName } from "./site-store.ts";

/** The publisher's name for its site, in a language where it has one in it; nothing before the first start. */
export function findSiteName(db: Queryable, language: string): Promise<string | undefined> {
  return selectSiteName(db, language);
}
