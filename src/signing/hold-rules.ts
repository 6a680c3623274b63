import type { Queryable } from "../database/open.ts";
import type { EmailAddress } from "../foundation/email-address.ts";
import type { SignatoryKind } from "../letters/letter.ts";
import { findModeration } from "./moderation.ts";
import { isAtOwnDomain } from "./own-domain.ts";
import { findWatched } from "./watch-list.ts";

/**
 * Why a signature is held. rule: its letter holds all of its kind. watched: it bears, or speaks for, a name on the
 * site's list. domain: an organisation's address is not at its website's domain. again: its address was refused under
 * this letter before. desk: somebody of the desk put it back.
 */
export const holdReasons = ["rule", "watched", "domain", "again", "desk"] as const;
export type HoldReason = (typeof holdReasons)[number];

/** Of a signature, what decides whether it is held. */
export interface Holdable {
  readonly kind: SignatoryKind;
  readonly name: string | null;
  readonly affiliation: string | null;
  readonly role: string | null;
  readonly representative: string | null;
  readonly website: string | null;
}

/** One that is looked at. */
export interface Candidate {
  readonly row: Holdable;
  readonly email: EmailAddress;
  /** Whether its address was refused under the letter before. */
  readonly refusedBefore: boolean;
}

export interface Why {
  /** Without any it is accepted at once. */
  readonly reasons: readonly HoldReason[];
  /** The watched name that it resembles. */
  readonly watched: string | null;
}

/** Why signatures of a letter have to be held, for each. The queries are as many for one as for hundreds. */
export async function whyHeld(
  db: Queryable,
  letterId: string,
  candidates: readonly Candidate[],
): Promise<Why[]> {
  const { holdPeople, holdOrganisations } = await findModeration(db, letterId);
  const names = await findWatched(
    db,
    candidates.map(({ row }) => [row.name, row.affiliation, row.role, row.representative]),
  );
  return candidates.map(({ row, email, refusedBefore }, index) => {
    const person = row.kind === "person";
    const applies: Readonly<Record<HoldReason, boolean>> = {
      rule: person ? holdPeople : holdOrganisations,
      watched: names[index] !== undefined,
      domain: !person && !isAtOwnDomain(email.domain, row.website),
      again: refusedBefore,
      desk: false,
    };
    return {
      reasons: holdReasons.filter((reason) => applies[reason]),
      watched: names[index] ?? null,
    };
  });
}
