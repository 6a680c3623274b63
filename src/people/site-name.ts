import type { Queryable } from "../database/open.ts";
import { selectSiteContact, selectSiteName } from "./site-store.ts";

/** The publisher's name for its site, in a language where it has one in it; nothing before the first start. */
export function findSiteName(db: Queryable, language: string): Promise<string | undefined> {
  return selectSiteName(db, language);
}

/** The e-mail address at which people reach the publisher; nothing where it gives none. */
export function findSiteContact(db: Queryable): Promise<string | null> {
  return selectSiteContact(db);
}
