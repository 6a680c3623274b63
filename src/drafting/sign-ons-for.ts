import type { Queryable } from "../database/open.ts";
import { type DraftDocument, staysSigned } from "./document.ts";
import { listFrozenTexts } from "./draft.ts";
import { listSignOns, type SignOn } from "./sign-on.ts";

/** Which sign-ons would become signatures if a document were published as it is, and which would be left out. */
export async function signOnsFor(
  db: Queryable,
  letterId: string,
  document: DraftDocument,
): Promise<{ readonly enter: readonly SignOn[]; readonly left: readonly SignOn[] }> {
  const given = (await listSignOns(db, letterId)).filter(({ state }) => state !== "withdrawn");
  const signed = await listFrozenTexts(db, letterId, Array.from(new Set(given.map(({ draft }) => draft))));
  const standing = new Set(
    signed.filter((one) => staysSigned(one.document, document)).map(({ number }) => number),
  );
  const enter = given.filter(
    ({ draft, condition, outcome }) => standing.has(draft) && (condition === null || outcome === "met"),
  );
  return { enter, left: given.filter((one) => !enter.includes(one)) };
}
