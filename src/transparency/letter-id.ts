/** A letter's id: 16 bytes, written as a uuid in the database and as base64url in the log. */
import { decodeBase64url, decodeHex, encodeBase64url, encodeHex } from "./bytes.ts";

/** The 16 bytes of a uuid. */
export function letterIdBytes(uuid: string): Uint8Array {
  const bytes = decodeHex(uuid.replaceAll("-", ""));
  if (bytes?.length !== 16) throw new Error(`${uuid} is no letter's id`);
  return bytes;
}

/** A uuid as the log writes it: 22 characters of base64url. */
export function logLetterId(uuid: string): string {
  return encodeBase64url(letterIdBytes(uuid));
}

/** The uuid that the log's id stands for; nothing if it is none. */
export function uuidOfLogLetterId(id: string): string | undefined {
  const bytes = decodeBase64url(id);
  if (bytes?.length !== 16) return undefined;
  return encodeHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
