/**
 * The receipt of a signature: one file that its signatory keeps, and that proves without the site, years later, what
 * was signed and by whom. JSON in UTF-8, written for people to read; docs/receipt.md describes it for other tools.
 *
 *   format      "undersigned-receipt"
 *   version     1; another number is refused, further fields within version 1 are passed over
 *   about       lines for people: what this is, and that it is to be kept and not passed on. Proves nothing
 *   letter      { title, url }, for people. Proves nothing
 *   key         the log's verifier key when the receipt was made, so that it can be asked for again. Not trusted
 *   entry       the log's entry, byte by byte (ASCII)
 *   proof       the lines of a c2sp.org/tlog-proof: index, inclusion proof, checkpoint with its signatures
 *   manifest    the manifest of the revision signed, byte by byte: the hashes of its texts
 *   private     { name, affiliation, email, master, owner }: what the entry commits to, and the secrets (base64url)
 *
 * `private` opens everything: with it anybody can show that the signature is of this name and address, and withdraw
 * it. It may be taken out, and what remains still proves that the entry is in the log. `owner` is absent where the
 * server neither made the owner secret nor was told it.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { decodeBase64url, isWellFormed } from "./bytes.ts";
import { type FieldValues, secretLength } from "./commitment.ts";
import { isFieldText } from "./opening.ts";

/** The part that is the signatory's alone. Secrets are 32 bytes in base64url. */
export interface PrivatePart extends FieldValues {
  readonly master: string;
  readonly owner?: string;
}

/** A receipt. `proof` is one text here; in the file it stands line by line. */
export interface Receipt {
  readonly about?: readonly string[];
  readonly letter?: { readonly title: string; readonly url: string };
  readonly key?: string;
  readonly entry: string;
  readonly proof: string;
  readonly manifest?: string;
  readonly private?: PrivatePart;
}

/** Why a file is not a receipt; `detail.field` says where. */
export type ReceiptProblem = Problem<"receipt-invalid" | "receipt-version-unknown">;

const format = "undersigned-receipt";
const version = 1;
/** A receipt with a hundred cosignatures is a tenth of this. */
const longestReceipt = 262_144;

/** A receipt's file. */
export function formatReceipt(receipt: Receipt): string {
  const { about, letter, key, entry, proof, manifest } = receipt;
  const lines = proof.replace(/\n$/, "").split("\n");
  const file = {
    format,
    version,
    about,
    letter,
    key,
    entry,
    proof: lines,
    manifest,
    private: receipt.private,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The receipt that a file's text is. A byte order mark, as some editors leave it, does no harm. */
export function parseReceipt(text: string): Receipt | ReceiptProblem {
  const file = text.length <= longestReceipt ? parseObject(text.replace(/^\ufeff/, "")) : undefined;
  if (file?.format !== format) return problem("receipt-invalid", { field: "format" });
  if (file.version !== version) return problem("receipt-version-unknown");
  for (const [field, rule] of Object.entries(rules))
    if (!rule(file[field])) return problem("receipt-invalid", { field });
  const known = Object.keys(rules).filter((field) => file[field] !== undefined);
  const receipt = Object.fromEntries(known.map((field) => [field, file[field]]));
  return { ...receipt, proof: `${(file.proof as string[]).join("\n")}\n` } as unknown as Receipt;
}

const isText = (value: unknown) => typeof value === "string" && isWellFormed(value);
const isLine = (value: unknown) => isText(value) && !(value as string).includes("\n");
const isSecret = (value: unknown) =>
  typeof value === "string" && decodeBase64url(value)?.length === secretLength;
const optional = (rule: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || rule(value);
const lines = (value: unknown) => Array.isArray(value) && value.every(isLine);

const rules: Readonly<Record<string, (value: unknown) => boolean>> = {
  about: optional(lines),
  letter: optional((value) => isRecord(value) && isText(value.title) && isText(value.url)),
  key: optional(isText),
  entry: isText,
  proof: lines,
  manifest: optional(isText),
  private: optional(
    (value) =>
      isRecord(value) &&
      [value.name, value.affiliation, value.email].every(isFieldText) &&
      isSecret(value.master) &&
      optional(isSecret)(value.owner),
  ),
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
