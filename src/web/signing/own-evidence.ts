/** What the private page shows of evidence: what stands, and how its owner adds to it. */
import { findDomainProof } from "../../signing/check-domain.ts";
import { type Evidence, findEvidence, isDomainTakenAway, standing } from "../../signing/evidence.ts";
import type { OwnSignature } from "../../signing/signature.ts";
import type { Deps } from "../deps.ts";

export interface OwnEvidence {
  /** What stands beside the name. */
  readonly standing: readonly Evidence[];
  /** An organisation's domain, what to publish there, and what the last look found. */
  readonly domain: Awaited<ReturnType<typeof findDomainProof>>;
  /** Whether the desk has taken away what was found there: then it is of no use to publish it again. */
  readonly takenAway: boolean;
  /** Whether a person can sign in at ORCID. */
  readonly orcid: boolean;
}

/** Everything about evidence that the private page of a signature shows. */
export async function ownEvidence(
  { db, keys, config }: Deps,
  { id, letter, signed }: OwnSignature,
): Promise<OwnEvidence> {
  const known = await findEvidence(db, letter.id, id);
  return {
    standing: standing(known?.evidence ?? []),
    takenAway: isDomainTakenAway(known?.evidence ?? []),
    domain: await findDomainProof(db, keys, { id, website: signed.website }),
    orcid: signed.kind === "person" && config.orcid !== undefined,
  };
}

/** Why a look was refused, as the page says it. */
export const checkRefusals = ["too-often", "taken-away"] as const;
