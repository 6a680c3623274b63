/** HMAC (RFC 2104) and HKDF (RFC 5869) over SHA-256, synchronous like the hash they are given. */
import { concatBytes } from "./bytes.ts";
import { hashLength, type Sha256 } from "./sha256.ts";

const blockLength = 64;

/**
 * HMAC-SHA256 (RFC 2104 section 2).
 * @param key of any length; one longer than a block is hashed first
 * @returns 32 bytes
 */
export function hmac(sha256: Sha256, key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(blockLength);
  block.set(key.length > blockLength ? sha256(key) : key);
  const inner = sha256(
    concatBytes(
      block.map((byte) => byte ^ 0x36),
      message,
    ),
  );
  return sha256(
    concatBytes(
      block.map((byte) => byte ^ 0x5c),
      inner,
    ),
  );
}

/**
 * HKDF-SHA256 (RFC 5869 sections 2.2 and 2.3).
 * @param salt may be empty, which means 32 zero bytes
 * @param length bytes wanted, at most 8,160
 */
export function hkdf(
  sha256: Sha256,
  keyMaterial: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array {
  if (length > 255 * hashLength) throw new RangeError("HKDF-SHA256 gives at most 8,160 bytes");
  const key = hmac(sha256, salt, keyMaterial);
  const output = new Uint8Array(Math.ceil(length / hashLength) * hashLength);
  let previous: Uint8Array = new Uint8Array(0);
  for (let round = 1; (round - 1) * hashLength < length; round++) {
    previous = hmac(sha256, key, concatBytes(previous, info, Uint8Array.of(round)));
    output.set(previous, (round - 1) * hashLength);
  }
  return output.subarray(0, length);
}
