/**
 * Signed notes, c2sp.org/signed-note: a text, an empty line, and a line for each signature. The text means nothing
 * before a signature by a trusted key was verified.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import {
  concatBytes,
  decodeBase64,
  decodeHex,
  encodeBase64,
  encodeHex,
  encodeUtf8,
  isWellFormed,
} from "./bytes.ts";
import { readCosignature } from "./cosignature.ts";
import type { VerifySignature } from "./ed25519.ts";
import type { Signer } from "./signing-key.ts";
import { isKeyName, noteSignatureType, type VerifierKey } from "./verifier-key.ts";

/** One signature line. */
export interface NoteSignature {
  readonly name: string;
  /** Key id, eight hexadecimal digits. */
  readonly id: string;
  /** What follows the key id. */
  readonly signature: Uint8Array;
}

/** A note taken apart: the text with its final line feed, and its signatures. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A key whose signature under a note was checked; `time` is when a witness cosigned, seconds since 1970. */
export interface CheckedKey {
  readonly key: VerifierKey;
  readonly valid: boolean;
  readonly time?: number;
}

/** Bounds against notes made to exhaust a reader: the specification asks for room for 16 signatures at least. */
const longestNote = 1_000_000;
const mostSignatures = 100;

/** Takes a note apart, at its last empty line. Refuses control characters, malformed lines and oversized notes. */
export function parseNote(note: string): Note | Problem<"note-invalid"> {
  if (note.length > longestNote || /[\x00-\x09\x0b-\x1f]/.test(note) || !isWellFormed(note))
    return problem("note-invalid");
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) return problem("note-invalid");
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > mostSignatures) return problem("note-invalid");
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (!signature) return problem("note-invalid");
    signatures.push(signature);
  }
  return { text: note.slice(0, split + 1), signatures };
}

/** A note's text and signatures put together again; the signatures are lines as formatSignatureLine makes them. */
export function formatNote(note: Note): string {
  return `${note.text}\n${note.signatures.map(formatSignatureLine).join("")}`;
}

/** The signature that a line is, without its line feed; nothing if it is none. */
export function parseSignatureLine(line: string): NoteSignature | undefined {
  const [, name, encoded] = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = decodeBase64(encoded ?? "");
  if (!name || !isKeyName(name) || !bytes || bytes.length <= 4) return undefined;
  return { name, id: encodeHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

/** `— <name> <base64(key id ‖ signature)>` and a line feed. */
export function formatSignatureLine({ name, id, signature }: NoteSignature): string {
  return `\u2014 ${name} ${encodeBase64(concatBytes(decodeHex(id)!, signature))}\n`;
}

/** Signs a text as a log does (type 0x01). Throws for a text that no note can hold. */
export async function signNote(text: string, signer: Signer): Promise<NoteSignature> {
  if (signer.key.type !== noteSignatureType) throw new Error("a witness's key signs no notes");
  const signature = await signer.sign(encodeUtf8(text));
  const { name, id } = signer.key;
  const signed: NoteSignature = { name, id, signature };
  const read = parseNote(formatNote({ text, signatures: [signed] }));
  if ("problem" in read || read.text !== text) throw new Error("not the text of a note");
  return signed;
}

/**
 * Checks the signatures of known keys. Those of unknown ones say nothing and are passed over. A key that signed more
 * than once is valid only if all its signatures are. What follows from an invalid one is the caller's to decide; the
 * specification's advice is to refuse the note.
 */
export async function checkSignatures(
  note: Note,
  keys: readonly VerifierKey[],
  verify: VerifySignature,
): Promise<CheckedKey[]> {
  const checked: CheckedKey[] = [];
  for (const key of keys) {
    const own = note.signatures.filter(({ name, id }) => name === key.name && id === key.id);
    if (own.length === 0) continue;
    const results = await Promise.all(
      own.map(({ signature }) => checkOne(note.text, key, signature, verify)),
    );
    checked.push(results.find(({ valid }) => !valid) ?? results[0]!);
  }
  return checked;
}

async function checkOne(
  text: string,
  key: VerifierKey,
  signature: Uint8Array,
  verify: VerifySignature,
): Promise<CheckedKey> {
  if (key.type === noteSignatureType)
    return { key, valid: await verify(key.publicKey, encodeUtf8(text), signature) };
  const cosigned = readCosignature(text, signature);
  if (!cosigned) return { key, valid: false };
  const valid = await verify(key.publicKey, cosigned.message, cosigned.signature);
  return valid ? { key, valid, time: cosigned.time } : { key, valid };
}
