/**
 * The owner secret of a signature: whoever reveals it shows that the signature is theirs. Where scripts run the browser
 * makes it and the server is told its hash alone. Elsewhere it follows from the token of the private link that goes out
 * with the confirmation; of both the server keeps only hashes, and finds it again when the link is used.
 */
import { decodeBase64url, encodeUtf8 } from "../transparency/bytes.ts";
import { ownerHash, secretLength } from "../transparency/commitment.ts";
import { nodeSha256 } from "../transparency/sha256-node.ts";

/** The owner secret that follows from a private link's token: 32 bytes. */
export function ownerSecretOf(token: string): Uint8Array {
  return nodeSha256(encodeUtf8(`undersigned/v1/owner-of-link\0${token}`));
}

/** The owner secret of a signature, if it follows from this token: that is, if it has this hash. */
export function findOwnerSecret(token: string, hash: Uint8Array): Uint8Array | undefined {
  const secret = ownerSecretOf(token);
  return Buffer.from(ownerHash(nodeSha256, secret)).equals(hash) ? secret : undefined;
}

/** A hash or a secret as a form or a receipt has it (base64url, 32 bytes); nothing if it is none. */
export function parseSecret(text: string | undefined | null): Uint8Array | undefined {
  const bytes = decodeBase64url(text ?? "");
  return bytes?.length === secretLength ? bytes : undefined;
}
