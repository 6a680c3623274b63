/** Says that pages have changed: every node renews them within a second (web/changes.ts). */
import type { Queryable } from "../database/open.ts";
import { markLetter, markSite } from "./touch-store.ts";

/** Every page of the site: a letter came, changed or has a new address. */
export function touchSite(trx: Queryable): Promise<void> {
  return markSite(trx);
}

/** The pages of one letter, and the lists that show its counts. */
export function touchLetter(trx: Queryable, letterId: string): Promise<void> {
  return markLetter(trx, letterId);
}
