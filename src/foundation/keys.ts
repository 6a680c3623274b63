/**
 * Keys derived from SECRET_KEY: one for each purpose, so that no two purposes ever share key material
 * (HKDF-SHA256, RFC 5869). Whoever holds the database without SECRET_KEY reads no address and tests no guess.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";

/** What the rest of the program may do with the keys; the keys themselves stay in here. */
export interface Keys {
  /** Encrypts and authenticates text: version byte 0x01 ‖ 12-byte nonce ‖ ciphertext ‖ 16-byte tag. */
  seal(plain: string): Buffer;
  /** Reads sealed text. Throws when it was sealed under another key or has been altered. */
  open(sealed: Buffer): string;
  /** The keyed hash (HMAC-SHA256, 32 bytes) by which a canonical e-mail address is found. */
  addressHash(canonical: string): Buffer;
  /** The keyed hash by which the forms of a network are counted. */
  networkHash(network: string): Buffer;
  /** What an organisation publishes for a signature (43 characters, base64url): nobody else can foretell it. */
  domainProof(signatureId: string): string;
}

const version = 0x01;
const nonceLength = 12;
const tagLength = 16;

/** A key as an object: one in bytes is made into such at each use, which takes longer than the use. */
function derive(secretKey: string, purpose: string): KeyObject {
  // No salt (RFC 5869 section 3.1): the derived keys must be the same on every node and after every start.
  return createSecretKey(new Uint8Array(hkdfSync("sha256", secretKey, "", `undersigned/v1/${purpose}`, 32)));
}

/**
 * Derives the keys.
 * @param secretKey the value of SECRET_KEY, taken as UTF-8; config.ts sees to its strength
 */
export function deriveKeys(secretKey: string): Keys {
  const sealingKey = derive(secretKey, "seal");
  const addressKey = derive(secretKey, "address-hash");
  const networkKey = derive(secretKey, "network-hash");
  const proofKey = derive(secretKey, "domain-proof");

  return {
    seal(plain) {
      // Random 96-bit nonces (NIST SP 800-38D section 8.2.2) are safe for 2^32 sealings under one key.
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv("aes-256-gcm", sealingKey, nonce, { authTagLength: tagLength });
      const ciphertext = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(version), nonce, ciphertext, cipher.getAuthTag()]);
    },

    open(sealed) {
      if (sealed.length < 1 + nonceLength + tagLength) throw new Error("sealed text is cut short");
      if (sealed[0] !== version) throw new Error(`sealed text has the unknown version ${sealed[0]}`);
      const nonce = sealed.subarray(1, 1 + nonceLength);
      const decipher = createDecipheriv("aes-256-gcm", sealingKey, nonce, { authTagLength: tagLength });
      decipher.setAuthTag(sealed.subarray(-tagLength));
      const plain = decipher.update(sealed.subarray(1 + nonceLength, -tagLength));
      try {
        return Buffer.concat([plain, decipher.final()]).toString("utf8");
      } catch {
        throw new Error("sealed text does not open: it was sealed under another SECRET_KEY or altered");
      }
    },

    addressHash: (canonical) => createHmac("sha256", addressKey).update(canonical, "utf8").digest(),
    networkHash: (network) => createHmac("sha256", networkKey).update(network, "utf8").digest(),
    domainProof: (signatureId) =>
      createHmac("sha256", proofKey).update(signatureId, "utf8").digest("base64url"),
  };
}
