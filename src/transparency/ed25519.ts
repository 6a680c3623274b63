/**
 * Ed25519 (RFC 8032) through Web Crypto, which browsers and Node share. Asynchronous, unlike hashing: a log is read
 * with millions of hashes but a handful of signatures.
 */
import { concatBytes, decodeBase64url } from "./bytes.ts";

/**
 * Whether a signature is of this message by this public key (32 bytes). False for anything malformed; rejects only
 * when the platform has no Ed25519, so that "not checked" is never mistaken for "forged".
 */
export type VerifySignature = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => Promise<boolean>;

/** Signs a message: 64 bytes. Whoever holds one holds the key. */
export type Sign = (message: Uint8Array) => Promise<Uint8Array>;

/** A private key ready for use, and the public key to it. */
export interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly sign: Sign;
}

const publicKeyLength = 32;
const seedLength = 32;
const signatureLength = 64;

/** PKCS #8 around an Ed25519 seed (RFC 8410 section 7): Web Crypto takes no bare seed. */
const pkcs8Head = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

/** Verifies by Web Crypto. */
export const verifyEd25519: VerifySignature = async (publicKey, message, signature) => {
  if (publicKey.length !== publicKeyLength || signature.length !== signatureLength) return false;
  let key: Awaited<ReturnType<typeof crypto.subtle.importKey>>;
  try {
    key = await crypto.subtle.importKey("raw", new Uint8Array(publicKey), "Ed25519", true, ["verify"]);
  } catch (error) {
    // Some platforms refuse bytes that are no point of the curve already here.
    if (error instanceof Error && error.name === "DataError") return false;
    throw error;
  }
  return crypto.subtle.verify("Ed25519", key, new Uint8Array(signature), new Uint8Array(message));
};

/**
 * The key pair of a seed.
 * @param seed the 32 secret bytes that RFC 8032 section 5.1.5 calls the private key
 */
export async function keyPairOfSeed(seed: Uint8Array): Promise<KeyPair> {
  if (seed.length !== seedLength) throw new RangeError("an Ed25519 seed has 32 bytes");
  const key = await crypto.subtle.importKey(
    "pkcs8",
    new Uint8Array(concatBytes(pkcs8Head, seed)),
    "Ed25519",
    true,
    ["sign"],
  );
  const publicKey = decodeBase64url((await crypto.subtle.exportKey("jwk", key)).x ?? "");
  if (publicKey?.length !== publicKeyLength) throw new Error("Web Crypto gave no public key");
  return {
    publicKey,
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign("Ed25519", key, new Uint8Array(message))),
  };
}
