/** Tags by which readers ask whether anything has changed (RFC 9110 sections 8.8.3 and 13.1.2). */
import { createHash } from "node:crypto";

/** The tag of a document, without its quotes. */
export function etagOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
}

/** If-None-Match: weak comparison, any coding of the same document. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  if (header.trim() === "*") return true;
  return header.split(",", 50).some((candidate) => {
    const value = candidate.trim().replace(/^W\//, "");
    return value === `"${etag}"` || value === `"${etag}-br"` || value === `"${etag}-gzip"`;
  });
}
