/** Who is reported to have signed a letter elsewhere: reading it whole, as it is to be corrected. */
import type { Queryable } from "../database/open.ts";
import { selectReported } from "./facts-store.ts";
import type { ReportedSignatories } from "./record-letter.ts";

/** Those named in their order, and the unnamed rest; without names that were brought in from a file. */
export function findReported(db: Queryable, letterId: string): Promise<ReportedSignatories> {
  return selectReported(db, letterId);
}
