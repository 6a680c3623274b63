/** What becomes of those who signed while a letter circulated, if it is published as it is. */
import type { Queryable } from "../database/open.ts";
import type { Check } from "./checklist.ts";
import { circulationStanding } from "./circulation.ts";
import { type DraftDocument, staysSigned } from "./document.ts";
import { listFrozenTexts } from "./draft.ts";
import { listSignOns } from "./sign-on.ts";

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
  const given = (await listSignOns(db, letterId)).filter(({ state }) => state !== "withdrawn");
  const signed = await listFrozenTexts(db, letterId, Array.from(new Set(given.map(({ draft }) => draft))));
  const standing = new Set(
    signed.filter((one) => staysSigned(one.document, document)).map(({ number }) => number),
  );
  const enters = given.filter(
    ({ draft, condition, outcome }) => standing.has(draft) && (condition === null || outcome === "met"),
  );
  const left = given.filter((one) => !enters.includes(one));
  const open = circulation.openComments;
  return [
    {
      name: "circulation",
      state: left.length > 0 ? "look" : "ok",
      count: enters.length,
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
