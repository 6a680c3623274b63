/** From the bytes of a file to text. Pure. */
import { type Problem, problem } from "../../foundation/problem.ts";

/** The encodings in which spreadsheets save text, by their names in the Encoding Standard (WHATWG). */
export const encodings = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "windows-1256",
  "macintosh",
] as const;
export type Encoding = (typeof encodings)[number];

/** Whether a word names an encoding. */
export function isEncoding(word: unknown): word is Encoding {
  return encodings.includes(word as Encoding);
}

/** empty: nothing in it; workbook: a file of Excel or LibreOffice itself; not-text: anything else that is no text. */
export type DecodeProblem = "empty" | "workbook" | "not-text";

export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
}

/** As much of a file as is looked at to know what it is. */
const lookedAt = 4096;

/**
 * Reads bytes as text. The encoding follows from the byte order mark; without one it is UTF-8 where the bytes are that,
 * and otherwise a guess: UTF-16 where every other byte is zero, else Windows-1252, which Excel writes in western Europe.
 * @param chosen what the person says instead
 */
export function decode(bytes: Buffer, chosen?: Encoding): Decoded | Problem<DecodeProblem> {
  if (bytes.length === 0) return problem("empty");
  const head = bytes.subarray(0, lookedAt);
  if (isWorkbook(head)) return problem("workbook");
  if (/^(?:%PDF-|\{\\rtf|\s*<(?:!doctype|html|\?xml|table))/i.test(head.toString("latin1")))
    return problem("not-text");
  const encoding = chosen ?? guess(bytes, head);
  const text = new TextDecoder(encoding).decode(bytes);
  if (isBinary(text)) return problem("not-text");
  return text.trim() === "" ? problem("empty") : { text, encoding };
}

/** A zip archive (xlsx, ods; APPNOTE section 4.3.7) or a compound file (xls; MS-CFB section 2.2). */
function isWorkbook(head: Buffer): boolean {
  const begins = head.subarray(0, 4).toString("hex");
  return begins === "504b0304" || begins === "504b0506" || begins === "d0cf11e0";
}

function guess(bytes: Buffer, head: Buffer): Encoding {
  const mark = head.subarray(0, 2).toString("hex");
  if (mark === "fffe") return "utf-16le";
  if (mark === "feff") return "utf-16be";
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2]!++;
  const many = head.length / 5;
  if (zeros[1]! > many && zeros[0]! < many / 4) return "utf-16le";
  if (zeros[0]! > many && zeros[1]! < many / 4) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/** A zero, or many control characters, stands in no list of names. Single ones are left to whoever judges the row. */
function isBinary(text: string): boolean {
  if (text.includes("\0")) return true;
  let controls = 0;
  for (const _ of text.slice(0, lookedAt).matchAll(/[\x01-\x08\x0e-\x1f]/g)) controls++;
  return controls > Math.max(3, Math.min(text.length, lookedAt) / 100);
}
