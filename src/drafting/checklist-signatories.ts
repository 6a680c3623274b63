/** Of those who signed while a letter circulated: on what their names will stand, and who will be held for a look. */
import type { Queryable } from "../database/open.ts";
import type { Keys } from "../foundation/keys.ts";
import { openAddress } from "../signing/limits.ts";
import { isAtOwnDomain } from "../signing/own-domain.ts";
import type { Check } from "./checklist.ts";
import { questionableOf } from "./sign-on-look.ts";
import { type PendingSignOn, selectPendingSignOns } from "./sign-on-store.ts";

/** @returns nothing where nobody has signed on of whom there is anything to say */
export async function signatoryChecks(db: Queryable, keys: Keys, letterId: string): Promise<Check[]> {
  const pending = await selectPendingSignOns(db, letterId);
  return [...evidenceChecks(keys, pending), ...(await holdChecks(db, keys, letterId, pending))];
}

function evidenceChecks(keys: Keys, pending: readonly PendingSignOn[]): Check[] {
  const rows = pending.filter(({ kind }) => kind === "organisation");
  if (rows.length === 0) return [];
  const without = rows.filter(
    ({ sealed, website }) => !isAtOwnDomain(openAddress(keys, sealed).domain, website),
  );
  if (without.length === 0) return [{ name: "evidence", state: "ok", count: rows.length }];
  return [{ name: "evidence", state: "look", count: without.length, names: without.map(({ name }) => name) }];
}

/** Who will be held for a look when the letter is published. */
async function holdChecks(
  db: Queryable,
  keys: Keys,
  letterId: string,
  pending: readonly PendingSignOn[],
): Promise<Check[]> {
  const names = (await questionableOf(db, keys, letterId, pending))
    .filter(({ foundGood }) => !foundGood)
    .map(({ signatory }) => signatory.name);
  return names.length > 0 ? [{ name: "held", state: "look", count: names.length, names }] : [];
}
