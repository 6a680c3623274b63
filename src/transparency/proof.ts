/**
 * Proofs that can be kept and sent, c2sp.org/tlog-proof: index, inclusion proof and checkpoint in one text. It does
 * not hold the entry; whoever checks it brings that along.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { decodeBase64, encodeBase64 } from "./bytes.ts";
import { hashLength } from "./sha256.ts";

/** A proof taken apart. */
export interface LogProof {
  /** Opaque, and vouched for by nobody. */
  readonly extra?: Uint8Array;
  readonly index: number;
  /** From the leaf's sibling up to the root's child, 32 bytes each; none in a tree of one. */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

const firstLine = "c2sp.org/tlog-proof@v1";
/** A tree whose size is a safe integer is at most 53 high; the witnesses' protocol allows 63 hashes. */
const mostHashes = 63;

/** A proof's text. */
export function formatProof({ extra, index, hashes, checkpoint }: LogProof): string {
  const lines = [firstLine];
  if (extra) lines.push(`extra ${encodeBase64(extra)}`);
  lines.push(`index ${index}`, ...hashes.map(encodeBase64));
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

/** The proof that a text is, split at its first empty line. The checkpoint is not looked into. */
export function parseProof(text: string): LogProof | Problem<"proof-invalid"> {
  const split = text.indexOf("\n\n");
  if (split < 0) return problem("proof-invalid");
  const lines = text.slice(0, split).split("\n");
  if (lines.shift() !== firstLine) return problem("proof-invalid");
  let extra: Uint8Array | undefined;
  if (lines[0]?.startsWith("extra ")) {
    extra = decodeBase64(lines.shift()!.slice("extra ".length));
    if (!extra) return problem("proof-invalid");
  }
  const index = parseCountLine("index", lines.shift());
  const hashes = parseHashLines(lines);
  if (index === undefined || !hashes) return problem("proof-invalid");
  const proof = { index, hashes, checkpoint: text.slice(split + 2) };
  return extra ? { extra, ...proof } : proof;
}

/** The number in a line like `index 12` or `old 12`, a safe integer in decimal; nothing if it is no such line. */
export function parseCountLine(word: string, line: string | undefined): number | undefined {
  const [, digits] = /^[a-z]+ (0|[1-9]\d{0,15})$/.exec(line ?? "") ?? [];
  const count = Number(digits);
  return line?.startsWith(`${word} `) && Number.isSafeInteger(count) ? count : undefined;
}

/** Hashes in base64, one a line; nothing if one is not, or if there are more than any proof has. */
export function parseHashLines(lines: readonly string[]): Uint8Array[] | undefined {
  const hashes = lines.map(decodeBase64).filter((hash) => hash?.length === hashLength) as Uint8Array[];
  return hashes.length === lines.length && hashes.length <= mostHashes ? hashes : undefined;
}
