/**
 * Checkpoints, c2sp.org/tlog-checkpoint: origin, size and root of the log in three lines, signed as a note. Here the
 * origin equals the name of the log's key.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { decodeBase64, encodeBase64 } from "./bytes.ts";
import type { VerifySignature } from "./ed25519.ts";
import { type CheckedKey, checkSignatures, type Note, parseNote } from "./note.ts";
import { hashLength } from "./sha256.ts";
import type { VerifierKey } from "./verifier-key.ts";

/** What a checkpoint says. `extensions` are further lines, kept as they are; logs should have none. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  readonly extensions: readonly string[];
}

/** Whom a reader trusts: the log's key, and how many of which witnesses must have cosigned. */
export interface Trust {
  readonly log: VerifierKey;
  readonly witnesses: readonly VerifierKey[];
  readonly quorum: number;
}

/** A checkpoint with its note, and which of the trusted keys signed it. */
export interface ReadCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: Note;
  readonly log: CheckedKey | undefined;
  readonly witnesses: readonly CheckedKey[];
}

/** The text of a checkpoint, which is what gets signed. Throws for one that no reader would accept. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const text = `${[origin, size, encodeBase64(root), ...extensions].join("\n")}\n`;
  const read = parseCheckpoint(text);
  if ("problem" in read || read.origin !== origin || read.extensions.length !== extensions.length)
    throw new Error("not a checkpoint");
  return text;
}

/** The checkpoint that a note's text is. */
export function parseCheckpoint(text: string): Checkpoint | Problem<"checkpoint-invalid"> {
  const lines = text.split("\n");
  const [origin, size, encodedRoot, ...extensions] = lines.slice(0, -1);
  const root = decodeBase64(encodedRoot ?? "");
  // The last line ends in a line feed, and no line is empty.
  if (lines.at(-1) !== "" || lines.slice(0, -1).includes("")) return problem("checkpoint-invalid");
  if (!origin || !size || root?.length !== hashLength) return problem("checkpoint-invalid");
  if (!/^(?:0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size)))
    return problem("checkpoint-invalid");
  return { origin, size: Number(size), root, extensions };
}

/** Takes a signed checkpoint apart and checks the signatures of the keys that are trusted. It decides nothing. */
export async function readCheckpoint(
  note: string,
  trust: Pick<Trust, "log" | "witnesses">,
  verify: VerifySignature,
): Promise<ReadCheckpoint | Problem<"note-invalid" | "checkpoint-invalid">> {
  const parsed = parseNote(note);
  if ("problem" in parsed) return parsed;
  const checkpoint = parseCheckpoint(parsed.text);
  if ("problem" in checkpoint) return checkpoint;
  const [log] = await checkSignatures(parsed, [trust.log], verify);
  return { checkpoint, note: parsed, log, witnesses: await checkSignatures(parsed, trust.witnesses, verify) };
}

/** Why the log did not sign a checkpoint, if it did not: unsigned, signed wrongly, or in another log's name. */
export function logProblem(
  read: ReadCheckpoint,
  trust: Pick<Trust, "log">,
): Problem<"log-signature-missing" | "log-signature-invalid" | "origin-differs"> | undefined {
  if (!read.log) return problem("log-signature-missing", { name: trust.log.name });
  if (!read.log.valid) return problem("log-signature-invalid", { name: trust.log.name });
  if (read.checkpoint.origin !== trust.log.name)
    return problem("origin-differs", { origin: read.checkpoint.origin, name: trust.log.name });
  return undefined;
}

/**
 * How many independent witnesses cosigned. One key under two names is one witness, and the log is none of its own
 * (tlog-cosignature: a public key belongs to one cosigner).
 */
export function countWitnesses(read: ReadCheckpoint, trust: Pick<Trust, "log">): number {
  const keys = read.witnesses.filter(({ valid }) => valid).map(({ key }) => key.publicKey.join());
  return new Set(keys.filter((key) => key !== trust.log.publicKey.join())).size;
}
