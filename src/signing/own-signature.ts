import type { Keys } from "../foundation/keys.ts";
import { signableLetter } from "./letter.ts";
import type { OwnSignature, Signed } from "./signature.ts";
import type { SignatureRow } from "./token-store.ts";

/** Reads a signature that is not withdrawn, as its signatory sees it. Opens the sealed address. */
export function ownSignature(row: SignatureRow, keys: Keys): OwnSignature {
  return {
    id: row.id,
    letter: signableLetter(row),
    language: row.language,
    createdAt: row.created_at,
    confirmedAt: row.held_at ?? row.accepted_at,
    acceptedAt: row.accepted_at,
    textSignedAt: row.text_signed_at,
    latest: row.latest,
    undeliverableAt: row.undeliverable_at,
    signed: signedOf(row),
    imported: row.import_id !== null,
    address: keys.open(row.email_sealed!),
  };
}

/** What a signature says, of one that is not erased. */
export function signedOf(row: SignatureRow): Signed {
  return {
    kind: row.kind,
    name: row.name!,
    affiliation: row.affiliation,
    role: row.role,
    website: row.website,
    representative: row.representative,
    country: row.country!,
    show: row.show,
    updates: row.updates,
  };
}
