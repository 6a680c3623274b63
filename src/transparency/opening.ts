/**
 * Openings: published beside the log, one for each active signature whose name is shown. With it anybody can compute
 * the commitment in the log from the name. The e-mail address stays closed: of it only the commitment is given.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { decodeBase64url, encodeBase64url, isWellFormed } from "./bytes.ts";
import { isCount } from "./canonical-json.ts";
import { commit, commitField, commitFields, type FieldValues } from "./commitment.ts";
import { hashLength, type Sha256 } from "./sha256.ts";

/** An opening as it is published: the signature's index in the log, its place in the letter, and base64url. */
export interface Opening {
  readonly index: number;
  readonly s: number;
  readonly name: string;
  readonly affiliation: string;
  readonly salt_name: string;
  readonly salt_affiliation: string;
  readonly c_email: string;
}

/**
 * A letter's published file, `openings.json`: as things stood when the log had this size, so that a signature which
 * arrives between two requests raises no alarm. Each opening is yet to be parsed.
 */
export interface OpeningsFile {
  readonly v: 1;
  /** The letter's id, base64url. */
  readonly letter: string;
  readonly size: number;
  /** Active signatures, named or not. */
  readonly count: number;
  readonly openings: readonly unknown[];
}

/** Values are far shorter; their bytes in Normalization Form C must stay below what can be committed to. */
const longestText = 4096;

/** The opening of a signature. The e-mail address goes in to be committed to, and does not come out. */
export function openingOf(
  sha256: Sha256,
  place: { readonly index: number; readonly s: number },
  master: Uint8Array,
  letterId: Uint8Array,
  values: FieldValues,
): Opening {
  const { salts, fields } = commit(sha256, master, letterId, values);
  return {
    index: place.index,
    s: place.s,
    name: values.name,
    affiliation: values.affiliation,
    salt_name: encodeBase64url(salts.name),
    salt_affiliation: encodeBase64url(salts.affiliation),
    c_email: encodeBase64url(fields.email),
  };
}

/** The opening that a JSON value is. Further keys are left alone. */
export function parseOpening(value: unknown): Opening | Problem<"opening-invalid"> {
  if (typeof value !== "object" || value === null) return problem("opening-invalid");
  const given = value as Readonly<Record<string, unknown>>;
  const valid =
    isCount(given.index) &&
    isCount(given.s) &&
    isFieldText(given.name) &&
    isFieldText(given.affiliation) &&
    [given.salt_name, given.salt_affiliation, given.c_email].every(isHashText);
  return valid ? (value as Opening) : problem("opening-invalid");
}

/** `c` as it follows from an opening under this letter (16 bytes): 32 bytes to compare with the entry's. */
export function openingCommitment(sha256: Sha256, letterId: Uint8Array, opening: Opening): Uint8Array {
  const salt = (text: string) => decodeBase64url(text)!;
  return commitFields(sha256, {
    name: commitField(sha256, salt(opening.salt_name), letterId, "name", opening.name),
    affiliation: commitField(
      sha256,
      salt(opening.salt_affiliation),
      letterId,
      "affiliation",
      opening.affiliation,
    ),
    email: salt(opening.c_email),
  });
}

/** The openings file that a text is. */
export function parseOpeningsFile(text: string): OpeningsFile | Problem<"openings-invalid"> {
  try {
    const value = JSON.parse(text) as Partial<OpeningsFile> | null;
    const { v, letter, size, count, openings } = value ?? {};
    if (v === 1 && typeof letter === "string" && isCount(size) && isCount(count) && Array.isArray(openings))
      return { v, letter, size, count, openings };
  } catch {
    // Not JSON.
  }
  return problem("openings-invalid");
}

/** Whether a value can be a field's text: not too long to commit to, and writable as UTF-8. */
export function isFieldText(value: unknown): value is string {
  return typeof value === "string" && value.length <= longestText && isWellFormed(value);
}

function isHashText(value: unknown): boolean {
  return typeof value === "string" && decodeBase64url(value)?.length === hashLength;
}
