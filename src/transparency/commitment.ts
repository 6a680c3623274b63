/**
 * Commitments: what binds an entry to a name without saying it. Each field is committed to under a salt of its own,
 * so that name and affiliation can be opened while the e-mail address never is, and so that nothing can be guessed
 * once the salts are gone. A signature's salts all come out of one master secret.
 */
import { concatBytes, encodeUtf8 } from "./bytes.ts";
import { hkdf, hmac } from "./hmac.ts";
import { hashLength, type Sha256 } from "./sha256.ts";

/** The fields that a signature commits to, in the order in which they are hashed. */
export const fields = ["name", "affiliation", "email"] as const;
export type Field = (typeof fields)[number];

/** What a signatory gave. An absent affiliation is the empty text. */
export type FieldValues = Readonly<Record<Field, string>>;

/** A commitment taken apart: per field its salt and its commitment, 32 bytes each, and `c` over them all. */
export interface Commitment {
  readonly salts: Readonly<Record<Field, Uint8Array>>;
  readonly fields: Readonly<Record<Field, Uint8Array>>;
  readonly commitment: Uint8Array;
}

/** Length of a master or owner secret in bytes. */
export const secretLength = 32;

/** The longest value that can be committed to, in bytes of UTF-8: its length is written in 16 bits. */
export const longestValue = 0xffff;

const saltInfo = "undersigned/v1/salt/";
const fieldPrefix = encodeUtf8("undersigned/v1/field\0");
const signaturePrefix = encodeUtf8("undersigned/v1/signature\0");
const ownerPrefix = encodeUtf8("undersigned/v1/owner\0");

/** The salt of one field: HKDF-SHA256 of the signature's master secret, 32 bytes. */
export function fieldSalt(sha256: Sha256, master: Uint8Array, field: Field): Uint8Array {
  requireSecret(master);
  return hkdf(sha256, master, new Uint8Array(0), encodeUtf8(saltInfo + field), hashLength);
}

/**
 * The commitment to one field.
 * @param letterId 16 bytes, so that the same name under two letters cannot be matched
 * @param value is put into Normalization Form C; throws if it is longer than longestValue
 */
export function commitField(
  sha256: Sha256,
  salt: Uint8Array,
  letterId: Uint8Array,
  field: Field,
  value: string,
): Uint8Array {
  const parts = [letterId, encodeUtf8(field), encodeUtf8(value.normalize("NFC"))];
  return hmac(sha256, salt, concatBytes(fieldPrefix, ...parts.flatMap((part) => [lengthOf(part), part])));
}

/** `c`: the commitment to a whole signature, from those to its fields. */
export function commitFields(sha256: Sha256, commitments: Readonly<Record<Field, Uint8Array>>): Uint8Array {
  return sha256(concatBytes(signaturePrefix, ...fields.map((field) => commitments[field])));
}

/** Everything about a signature's commitment, from its master secret and what the signatory gave. */
export function commit(
  sha256: Sha256,
  master: Uint8Array,
  letterId: Uint8Array,
  values: FieldValues,
): Commitment {
  const salts = perField((field) => fieldSalt(sha256, master, field));
  const commitments = perField((field) => commitField(sha256, salts[field], letterId, field, values[field]));
  return { salts, fields: commitments, commitment: commitFields(sha256, commitments) };
}

/** `u`: what stands in the log for an owner secret (32 bytes) until its owner reveals it. */
export function ownerHash(sha256: Sha256, ownerSecret: Uint8Array): Uint8Array {
  requireSecret(ownerSecret);
  return sha256(concatBytes(ownerPrefix, ownerSecret));
}

function perField<T>(make: (field: Field) => T): Record<Field, T> {
  return { name: make("name"), affiliation: make("affiliation"), email: make("email") };
}

function lengthOf(part: Uint8Array): Uint8Array {
  if (part.length > longestValue) throw new RangeError("a committed value has at most 65,535 bytes");
  return Uint8Array.of(part.length >> 8, part.length & 0xff);
}

function requireSecret(secret: Uint8Array): void {
  if (secret.length !== secretLength) throw new RangeError("a secret has 32 bytes");
}
