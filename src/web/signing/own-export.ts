import type { Evidence } from "../../signing/evidence.ts";
import type { OwnSignature } from "../../signing/signature.ts";

/** Everything that is kept about a signature, for its signatory to take along. */
export function exported(signature: OwnSignature, known: readonly Evidence[]): Record<string, unknown> {
  const { letter, signed, address, language, createdAt, confirmedAt, textSignedAt } = signature;
  return {
    letter: { slug: letter.slug, title: letter.title, revision: letter.revision },
    ...signed,
    email: address,
    language,
    sentAt: createdAt.toISOString(),
    confirmedAt: confirmedAt?.toISOString() ?? null,
    ...(textSignedAt && { textSignedAt: textSignedAt.toISOString() }),
    evidence: ["email-confirmed"],
    ...(known.length > 0 && {
      furtherEvidence: known.map(({ kind, detail, showDetail, note, at }) => ({
        kind,
        detail,
        shown: showDetail,
        note,
        at: at.toISOString(),
      })),
    }),
  };
}
