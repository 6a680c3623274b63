/**
 * Signing keys as text, in the form that Go's sumdb/note writes, so that a key made elsewhere can be used here:
 * `PRIVATE+KEY+<name>+<hex key id>+<base64(type ‖ seed)>`. Whoever reads one can sign in its name.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { concatBytes, decodeBase64, encodeBase64 } from "./bytes.ts";
import { keyPairOfSeed, type Sign } from "./ed25519.ts";
import type { Sha256 } from "./sha256.ts";
import {
  cosignatureType,
  isKeyName,
  noteSignatureType,
  type SignatureType,
  type VerifierKey,
  verifierKey,
} from "./verifier-key.ts";

/** One who can sign, and the key by which others verify it. */
export interface Signer {
  readonly key: VerifierKey;
  readonly sign: Sign;
}

const head = "PRIVATE+KEY+";

/** The signer with this name, type and seed (32 random bytes). */
export async function signerOfSeed(
  sha256: Sha256,
  name: string,
  type: SignatureType,
  seed: Uint8Array,
): Promise<Signer> {
  const { publicKey, sign } = await keyPairOfSeed(seed);
  return { key: verifierKey(sha256, name, type, publicKey), sign };
}

/** A signing key's text. `key` is the verifier key of the seed. */
export function formatSigningKey(key: VerifierKey, seed: Uint8Array): string {
  return `${head}${key.name}+${key.id}+${encodeBase64(concatBytes(Uint8Array.of(key.type), seed))}`;
}

/** The signer that a signing key's text is. Its problem says nothing of the text: it would end up in a log file. */
export async function parseSigningKey(
  sha256: Sha256,
  text: string,
): Promise<Signer | Problem<"signing-key-invalid">> {
  const [, name, id, encoded] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text.trim()) ?? [];
  const bytes = decodeBase64(encoded ?? "");
  const type = bytes?.[0];
  if (!name || !isKeyName(name) || bytes?.length !== 33) return problem("signing-key-invalid");
  if (type !== noteSignatureType && type !== cosignatureType) return problem("signing-key-invalid");
  const signer = await signerOfSeed(sha256, name, type, bytes.subarray(1));
  return signer.key.id === id ? signer : problem("signing-key-invalid");
}
