/**
 * Cosignatures of witnesses, c2sp.org/tlog-cosignature, version 1 (Ed25519): at this time, this checkpoint was the
 * largest that the witness had seen of the log, and consistent with all before.
 */
import { concatBytes, encodeUtf8 } from "./bytes.ts";
import type { NoteSignature } from "./note.ts";
import type { Signer } from "./signing-key.ts";
import { cosignatureType } from "./verifier-key.ts";

const timeLength = 8;
const signatureLength = 64;

/** What is signed: two lines of head, and the note's text. */
export function cosignedMessage(text: string, time: number): Uint8Array {
  return encodeUtf8(`cosignature/v1\ntime ${time}\n${text}`);
}

/**
 * Takes a cosignature apart: 64 bits of time, big-endian, and 64 bytes of signature.
 * @returns nothing if it is malformed, or of a time beyond 2^53 seconds, which no clock has shown
 */
export function readCosignature(
  text: string,
  signature: Uint8Array,
): { time: number; message: Uint8Array; signature: Uint8Array } | undefined {
  if (signature.length !== timeLength + signatureLength) return undefined;
  const view = new DataView(signature.buffer, signature.byteOffset, timeLength);
  const time = view.getUint32(0) * 0x100000000 + view.getUint32(4);
  if (!Number.isSafeInteger(time)) return undefined;
  return { time, message: cosignedMessage(text, time), signature: signature.subarray(timeLength) };
}

/**
 * Cosigns a checkpoint's text. The witness must have checked and stored it before (tlog-witness).
 * @param time seconds since 1970
 */
export async function cosign(text: string, signer: Signer, time: number): Promise<NoteSignature> {
  if (signer.key.type !== cosignatureType) throw new Error("only a witness's key cosigns");
  if (!Number.isSafeInteger(time) || time < 0) throw new RangeError("not a time in seconds");
  const head = new Uint8Array(timeLength);
  const view = new DataView(head.buffer);
  view.setUint32(0, Math.floor(time / 0x100000000));
  view.setUint32(4, time % 0x100000000);
  const { name, id } = signer.key;
  return { name, id, signature: concatBytes(head, await signer.sign(cosignedMessage(text, time))) };
}
