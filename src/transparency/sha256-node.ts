/** Node's own SHA-256, for the server and the command line. The one file of the log's core that needs Node. */
import { hash } from "node:crypto";
import { hashLength, type Sha256 } from "./sha256.ts";

/**
 * SHA-256 of the bytes, by Node. It is asked for as a text of one character a byte: a Buffer for every hash would
 * take Node four times as long, and a log is verified with two hashes an entry.
 */
export const nodeSha256: Sha256 = (bytes) => {
  const text = hash("sha256", bytes, "binary");
  const digest = new Uint8Array(hashLength);
  for (let at = 0; at < hashLength; at++) digest[at] = text.charCodeAt(at);
  return digest;
};
