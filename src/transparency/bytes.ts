/**
 * Bytes as text and back, for the whole log: hexadecimal, base64 (RFC 4648 section 4, padded: notes and proofs),
 * base64url (section 5, unpadded: entries) and UTF-8. Decoders are strict: what does not come out of the encoder
 * is refused, so that two different texts never mean the same bytes (RFC 4648 section 3.5).
 */

const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const base64urlAlphabet = `${base64Alphabet.slice(0, 62)}-_`;
const base64Values = valuesOf(base64Alphabet);
const base64urlValues = valuesOf(base64urlAlphabet);
const encoder = new TextEncoder();
/** Keeps a leading U+FEFF: it is part of what was hashed or signed. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** For each ASCII code its place in the alphabet, or 255. */
function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128).fill(255);
  for (let place = 0; place < alphabet.length; place++) values[alphabet.charCodeAt(place)] = place;
  return values;
}

/** Lower-case hexadecimal. */
export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** Bytes of lower-case hexadecimal; nothing if it is anything else. */
export function decodeHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    Number.parseInt(text.slice(at * 2, at * 2 + 2), 16),
  );
}

/** Padded base64. */
export function encodeBase64(bytes: Uint8Array): string {
  const text = encodeSextets(bytes, base64Alphabet);
  return text + "=".repeat((4 - (text.length % 4)) % 4);
}

/** Bytes of padded base64; nothing if it is anything else, a line break or stray last bits included. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return decodeSextets(text, text.length - padding, base64Values);
}

/** Unpadded base64url. */
export function encodeBase64url(bytes: Uint8Array): string {
  return encodeSextets(bytes, base64urlAlphabet);
}

/** Bytes of unpadded base64url; nothing if it is anything else, stray last bits included. */
export function decodeBase64url(text: string): Uint8Array | undefined {
  return decodeSextets(text, text.length, base64urlValues);
}

function encodeSextets(bytes: Uint8Array, alphabet: string): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += alphabet[(held >> bits) & 63];
    }
  }
  return bits > 0 ? text + alphabet[(held << (6 - bits)) & 63] : text;
}

function decodeSextets(text: string, length: number, values: Uint8Array): Uint8Array | undefined {
  if (length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let held = 0;
  let bits = 0;
  let written = 0;
  for (let at = 0; at < length; at++) {
    // A code beyond the table gives undefined, which is refused like 255.
    const value = values[text.charCodeAt(at)];
    if (value === undefined || value === 255) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[written++] = (held >> bits) & 255;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

/** UTF-8 bytes of a text. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes, a leading U+FEFF kept; nothing if they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether a text can be written as UTF-8 and read back the same: it holds no lone surrogate. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** All parts in a row. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether two byte strings are the same. Not constant in time: nothing compared here is secret. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false;
  return true;
}
