/** Finding signatories of any letter, for those of the desk who look after signatures. */
import type { Database } from "../database/open.ts";
import { parseEmailAddress } from "../foundation/email-address.ts";
import { fold } from "../foundation/fold.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem } from "../foundation/problem.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import { selectAffiliated, selectByHash, selectNamed } from "./search-store.ts";
import type { SignatureState } from "./signature.ts";

export interface FoundSignatory {
  readonly id: string;
  readonly letterId: string;
  readonly kind: SignatoryKind;
  readonly state: SignatureState;
  readonly name: string;
  readonly affiliation: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Whether the name is public. */
  readonly show: boolean;
  readonly createdAt: Date;
  readonly acceptedAt: Date | null;
}

export interface FoundSignatories {
  /** The latest first. */
  readonly signatories: readonly FoundSignatory[];
  /** There are more than these. */
  readonly more: boolean;
}

/**
 * @param query a whole e-mail address, which is found as such and not in parts: addresses lie sealed; or words, each the
 *   beginning of one in the name, or each in the affiliation
 */
export async function searchSignatories(
  db: Database,
  keys: Keys,
  query: string,
  limit: number,
): Promise<FoundSignatories> {
  const email = parseEmailAddress(query.trim());
  const found = isProblem(email)
    ? await byWords(db, query, limit + 1)
    : await selectByHash(db, keys.addressHash(email.canonical), limit + 1);
  return { signatories: found.slice(0, limit), more: found.length > limit };
}

async function byWords(db: Database, query: string, limit: number): Promise<FoundSignatory[]> {
  const split = (text: string) => text.split(/\s+/).filter(Boolean).slice(0, 10);
  const folded = split(fold(query));
  if (folded.length === 0) return [];
  const named = await selectNamed(db, folded, limit);
  const lower = split(query.toLowerCase());
  // The index knows no parts of fewer than three letters.
  const affiliated = lower.some((word) => word.length >= 3) ? await selectAffiliated(db, lower, limit) : [];
  const each = new Map([...named, ...affiliated].map((one) => [one.id, one]));
  return [...each.values()].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).slice(0, limit);
}
