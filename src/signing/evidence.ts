/**
 * Evidence: what is known of a signature beyond the address that was confirmed. It is the signature's own, so it is
 * erased with it. Whoever brings it about or takes it away is written down.
 */
import type { Database, Transaction } from "../database/open.ts";
import { parseEmailAddress } from "../foundation/email-address.ts";
import type { Keys } from "../foundation/keys.ts";
import { isProblem } from "../foundation/problem.ts";
import { registrableDomain } from "../foundation/registrable-domain.ts";
import { type EvidencedRow, insertEvidence, selectEvidence, selectEvidenced } from "./evidence-store.ts";
import { isAtOwnDomain } from "./own-domain.ts";
import type { SignatureRow } from "./token-store.ts";

/**
 * address: the confirmed address is at the domain of the organisation's website. dns, file: the organisation published
 * there what it was given. organisers: somebody of the desk vouches. orcid: the person signed in to their own record.
 */
export type EvidenceKind = "address" | "dns" | "file" | "organisers" | "orcid";

/** One piece of evidence, as the desk and its signatory see it. */
export interface Evidence {
  readonly id: number;
  readonly kind: EvidenceKind;
  /** The domain, or the ORCID iD (0000-0002-1825-0097). */
  readonly detail: string | null;
  /** Whether readers see the detail. */
  readonly showDetail: boolean;
  /** For the desk: how the organisers know it, or the name that the ORCID record bears. */
  readonly note: string | null;
  readonly at: Date;
  readonly actor: "signatory" | "account" | "system";
  /** The name of the account. */
  readonly actorName: string | null;
  readonly removedAt: Date | null;
  readonly removedBy: "signatory" | "account" | "system" | null;
  readonly removedByName: string | null;
  readonly reason: string | null;
}

/** A signature with all evidence, what was taken away too. */
export interface Evidenced extends EvidencedRow {
  readonly evidence: readonly Evidence[];
}

/** Whether a signature can gain evidence: confirmed, and neither withdrawn nor refused. */
export function canGain({ state }: { readonly state: string }): boolean {
  return state === "accepted" || state === "held";
}

/** A signature under a letter, and what is known of it. */
export async function findEvidence(
  db: Database,
  letterId: string,
  signatureId: string,
): Promise<Evidenced | undefined> {
  const row = await selectEvidenced(db, letterId, signatureId);
  return row && { ...row, evidence: await selectEvidence(db, signatureId) };
}

/** What stands now. */
export function standing(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter(({ removedAt }) => removedAt === null);
}

/** Whether the desk has taken away what an organisation published at its domain; then the desk alone looks again. */
export function isDomainTakenAway(evidence: readonly Evidence[]): boolean {
  return evidence.some(
    ({ kind, removedBy }) => (kind === "dns" || kind === "file") && removedBy === "account",
  );
}

/**
 * Notes of an organisation's signature whose address has just been confirmed that the address is at its website's
 * domain, if it is. Once: what the desk has taken away does not come back; what went because the website was another
 * does.
 * @returns whether it was noted now
 */
export async function noteAddress(
  trx: Transaction,
  keys: Keys,
  row: Pick<SignatureRow, "id" | "kind" | "website" | "email_sealed">,
  at: Date,
): Promise<boolean> {
  if (row.kind !== "organisation" || row.website === null || row.email_sealed === null) return false;
  const email = parseEmailAddress(keys.open(row.email_sealed));
  if (isProblem(email) || !isAtOwnDomain(email.domain, row.website)) return false;
  const known = await selectEvidence(trx, row.id);
  if (known.some(({ kind, removedBy }) => kind === "address" && removedBy !== "system")) return false;
  return insertEvidence(trx, {
    signatureId: row.id,
    kind: "address",
    detail: registrableDomain(email.domain)!,
    showDetail: true,
    note: null,
    at,
    by: "system",
  });
}
