/** What stands in which part of the sitemap: letters in the order in which they were entered, which never changes. */
import type { Database } from "../database/open.ts";
import { lastListed, listedBetween } from "./sitemap-store.ts";

/** Letters in a part. The protocol admits 50,000 addresses and 50 MB; a tenth of it is quicker to make. */
const lettersInPart = 5_000;

/** How many parts there are; one for an empty archive. */
export async function countSitemapParts(db: Database): Promise<number> {
  return Math.max(1, Math.ceil((await lastListed(db)) / lettersInPart));
}

/** The letters of a part, each with the time of its latest revision or correction. @param part from 1 */
export function lettersOfPart(db: Database, part: number): Promise<{ slug: string; updatedAt: Date }[]> {
  return listedBetween(db, (part - 1) * lettersInPart, part * lettersInPart);
}
