import type { OwnSignature } from "../../signing/signature.ts";

/** Everything that is kept about a signature, for its signatory to take along. */
export function exported(signature: OwnSignature): Record<string, unknown> {
  const { letter, signed, address, language, createdAt, acceptedAt } = signature;
  return {
    letter: { slug: letter.slug, title: letter.title, revision: letter.revision },
    ...signed,
    email: address,
    language,
    sentAt: createdAt.toISOString(),
    confirmedAt: acceptedAt?.toISOString() ?? null,
    evidence: ["email-confirmed"],
  };
}
