/** What becomes of those who signed while a letter circulated, if it is published as it is. */
import type { Queryable } from "../database/open.ts";
import type { Check } from "./checklist.ts";
import { circulationStanding } from "./circulation.ts";
import type { DraftDocument } from "./document.ts";
import { signOnsFor } from "./sign-ons-for.ts";

/**
 * @param document what would be published
 * @returns nothing for a letter that never circulated
 */
export async function circulationChecks(
  db: Queryable,
  letterId: string,
  document: DraftDocument,
): Promise<Check[]> {
  const circulation = await circulationStanding(db, letterId);
  if (!circulation) return [];
  const { enter, left } = await signOnsFor(db, letterId, document);
  const open = circulation.openComments;
  return [
    {
      name: "circulation",
      state: left.length > 0 ? "look" : "ok",
      count: enter.length,
      names: left.map(({ signatory }) => signatory.name),
    },
    {
      name: "comments",
      state: open > 0 ? "look" : "ok",
      count: open,
      ...(circulation.comments === 0 && { how: "none" }),
    },
  ];
}
