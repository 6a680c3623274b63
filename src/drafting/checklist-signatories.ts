/** Of those who signed while a letter circulated: on what their names will stand, and who will be held for a look. */
import type { Queryable } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import { openAddress } from "../signing/limits.ts";
import { isAtOwnDomain } from "../signing/own-domain.ts";
import type { Check } from "./checklist.ts";
import { listQuestionable } from "./sign-on-look.ts";
import { selectPendingSignOns } from "./sign-on-store.ts";

/** @returns nothing where no organisation has signed on */
export async function evidenceChecks(db: Queryable, keys: Keys, letterId: string): Promise<Check[]> {
  const rows = (await selectPendingSignOns(db, letterId)).filter(({ kind }) => kind === "organisation");
  if (rows.length === 0) return [];
  const without = rows.filter(
    ({ sealed, website }) => !isAtOwnDomain(openAddress(keys, sealed).domain, website),
  );
  if (without.length === 0) return [{ name: "evidence", state: "ok", count: rows.length }];
  return [{ name: "evidence", state: "look", count: without.length, names: without.map(({ name }) => name) }];
}

/** Who will be held for a look when the letter is published. @returns nothing where nobody will be */
export async function holdChecks(db: Queryable, keys: Keys, letterId: string): Promise<Check[]> {
  const names = (await listQuestionable(db, keys, letterId))
    .filter(({ foundGood }) => !foundGood)
    .map(({ signatory }) => signatory.name);
  return names.length > 0 ? [{ name: "held", state: "look", count: names.length, names }] : [];
}
