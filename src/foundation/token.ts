import { createHash, randomBytes } from "node:crypto";

/**
 * A secret for a link in a mail. The token goes into the link and nowhere else; only its hash is stored, so
 * that a copy of the database opens no link. 256 random bits need no salt and no slow hash.
 * @returns token: 32 random bytes in base64url, 43 characters; hash: its SHA-256
 */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashToken(token) };
}

/**
 * The hash by which a token is found. Taken over the text as it stands in the link; a text that is no token has
 * a hash that is found nowhere.
 */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token, "utf8").digest();
}
