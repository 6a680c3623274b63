/**
 * Verifier keys of c2sp.org/signed-note: who signs, and with which public key, in one line of text. Two types are
 * known here: Ed25519 over the note (0x01, logs) and timestamped cosignatures (0x04, witnesses; tlog-cosignature).
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { concatBytes, decodeBase64, encodeBase64, encodeHex, encodeUtf8, isWellFormed } from "./bytes.ts";
import type { Sha256 } from "./sha256.ts";

/** Type of a log's signature: Ed25519 over the note's text. */
export const noteSignatureType = 0x01;
/** Type of a witness's signature: Ed25519 over time and text. */
export const cosignatureType = 0x04;
export type SignatureType = typeof noteSignatureType | typeof cosignatureType;

/** A key to verify with. Name and id together say which signatures are its own. */
export interface VerifierKey {
  readonly name: string;
  /** Eight lower-case hexadecimal digits. A hint, not a fingerprint: it is too short to trust. */
  readonly id: string;
  readonly type: SignatureType;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** Makes a verifier key. Throws if the name cannot be a key's name or the public key has not 32 bytes. */
export function verifierKey(
  sha256: Sha256,
  name: string,
  type: SignatureType,
  publicKey: Uint8Array,
): VerifierKey {
  if (!isKeyName(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a key`);
  if (publicKey.length !== 32) throw new RangeError("an Ed25519 public key has 32 bytes");
  const hash = sha256(concatBytes(encodeUtf8(`${name}\n`), Uint8Array.of(type), publicKey));
  return { name, id: encodeHex(hash.subarray(0, 4)), type, publicKey };
}

/** `<name>+<hex key id>+<base64(type ‖ public key)>`. */
export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${key.id}+${encodeBase64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`;
}

/** The key that a text is. Refused if the id is not that of name and key: then one of the three was mistyped. */
export function parseVerifierKey(
  sha256: Sha256,
  text: string,
): VerifierKey | Problem<"verifier-key-invalid" | "verifier-key-type-unknown"> {
  // The base64 may hold further plus signs.
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = decodeBase64(encoded ?? "");
  if (!name || !isKeyName(name) || !bytes || bytes.length === 0) return problem("verifier-key-invalid");
  const type = bytes[0];
  if (type !== noteSignatureType && type !== cosignatureType) return problem("verifier-key-type-unknown");
  if (bytes.length !== 33) return problem("verifier-key-invalid");
  const key = verifierKey(sha256, name, type, bytes.subarray(1));
  return key.id === id ? key : problem("verifier-key-invalid");
}

/** Whether a text can be a key's name: not empty, no Unicode space, no plus sign, no control character. */
export function isKeyName(name: string): boolean {
  return name !== "" && !/[\p{White_Space}+\x00-\x1f]/u.test(name) && isWellFormed(name);
}
