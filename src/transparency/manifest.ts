/**
 * The manifest of a revision: per language the hashes of title and body. Its own hash, `r`, stands in the log, so a
 * signature is bound to the exact text in all its languages.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { decodeBase64url, decodeUtf8, encodeBase64url, encodeUtf8 } from "./bytes.ts";
import { type Canonical, canonicalJson, isCount } from "./canonical-json.ts";
import { hashLength, type Sha256 } from "./sha256.ts";

/** Title and body of one language: their text in manifestOf, their hashes (base64url) in a Manifest. */
export interface TitleAndBody {
  readonly title: string;
  readonly body: string;
}

/** A manifest: hashes are SHA-256 in base64url, keys of `languages` BCP 47 tags. */
export interface Manifest {
  readonly v: 1;
  readonly letter: string;
  readonly revision: number;
  readonly languages: Readonly<Record<string, TitleAndBody>>;
}

/** SHA-256 of a text in UTF-8, in Normalization Form C and with line feeds for line ends. */
export function textHash(sha256: Sha256, text: string): Uint8Array {
  return sha256(encodeUtf8(text.replaceAll(/\r\n?/g, "\n").normalize("NFC")));
}

/**
 * The manifest of a revision.
 * @param letterId 16 bytes
 * @param revision its number, from 1
 * @param texts title and body as they stand, by language
 */
export function manifestOf(
  sha256: Sha256,
  letterId: Uint8Array,
  revision: number,
  texts: Readonly<Record<string, TitleAndBody>>,
): Manifest {
  const languages = Object.fromEntries(
    Object.entries(texts).map(([language, { title, body }]) => [
      language,
      {
        title: encodeBase64url(textHash(sha256, title)),
        body: encodeBase64url(textHash(sha256, body)),
      },
    ]),
  );
  return { v: 1, letter: encodeBase64url(letterId), revision, languages };
}

/** The bytes of a manifest, canonical JSON: what is served and hashed. Throws if no verifier would accept it. */
export function serialiseManifest(manifest: Manifest): Uint8Array {
  if (!isManifest(manifest)) throw new Error("not a manifest");
  const languages = Object.fromEntries(
    Object.entries(manifest.languages).map(([language, { title, body }]) => [language, { title, body }]),
  );
  return encodeUtf8(canonicalJson({ ...manifest, languages } satisfies Canonical));
}

/** `r` of an entry: SHA-256 of the manifest's bytes, 32 bytes. */
export function manifestHash(sha256: Sha256, manifest: Manifest): Uint8Array {
  return sha256(serialiseManifest(manifest));
}

/** The manifest that these bytes are, if they are exactly what serialiseManifest writes. */
export function parseManifest(bytes: Uint8Array): Manifest | Problem<"manifest-invalid"> {
  const text = decodeUtf8(bytes);
  try {
    const value: unknown = JSON.parse(text ?? "");
    if (isManifest(value) && canonicalJson(value as unknown as Canonical) === text) return value;
  } catch {
    // Not JSON, or something that canonical JSON cannot hold.
  }
  return problem("manifest-invalid");
}

function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value, ["languages", "letter", "revision", "v"]) || !isRecord(value.languages)) return false;
  const languages = Object.entries(value.languages);
  return (
    value.v === 1 &&
    isBytes(value.letter, 16) &&
    isCount(value.revision) &&
    languages.length > 0 &&
    languages.every(
      ([tag, hashes]) =>
        /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/.test(tag) &&
        isRecord(hashes, ["body", "title"]) &&
        isBytes(hashes.body, hashLength) &&
        isBytes(hashes.title, hashLength),
    )
  );
}

function isRecord(value: unknown, keys?: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !keys || Object.keys(value).sort().join() === keys.join();
}

function isBytes(value: unknown, length: number): boolean {
  return typeof value === "string" && decodeBase64url(value)?.length === length;
}
