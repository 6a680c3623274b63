/**
 * Reads a letter's openings file one opening at a time. A letter may have a million names: as one JSON value they
 * would take a gigabyte, as bytes they take a quarter of it.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { decodeUtf8 } from "./bytes.ts";
import { type OpeningsFile, parseOpeningsFile } from "./opening.ts";

/** What stands before the openings, and the openings, each as it comes out of JSON. */
export interface ReadOpenings extends Pick<OpeningsFile, "letter" | "size" | "count"> {
  /** Where the file breaks off, or is no JSON, the last one is undefined, which is no opening. */
  readonly openings: Iterable<unknown>;
}

/** All else stands within this many bytes: it is four short members. */
const longestHead = 1024;
/** Far longer than any opening is. */
const longestOpening = 65_536;

const [quote, backslash, comma, opened, closed, openedList, closedList] = Array.from(
  '"\\,{}[]',
  (character) => character.charCodeAt(0),
);

/** The openings file that these bytes are. `openings` must be its last member. */
export function readOpeningsFile(bytes: Uint8Array): ReadOpenings | Problem<"openings-invalid"> {
  // A byte that is cut through by the end of the head is no ASCII, and then it is no head.
  const start = decodeAscii(bytes.subarray(0, longestHead));
  const [head] = /^[^[]*?"openings"\s*:\s*\[/.exec(start) ?? [];
  if (head === undefined) return problem("openings-invalid");
  const file = parseOpeningsFile(`${head}]}`);
  if ("problem" in file) return file;
  const { letter, size, count } = file;
  return { letter, size, count, openings: openingsFrom(bytes, head.length) };
}

/** The members of the list that begins at `start`; what follows the list must be the end of the file. */
function* openingsFrom(bytes: Uint8Array, start: number): Generator<unknown> {
  let from = start;
  for (;;) {
    const end = endOfMember(bytes, from);
    const text = end === undefined ? undefined : decodeUtf8(bytes.subarray(from, end));
    const last = end !== undefined && bytes[end] === closedList;
    const empty = last && from === start && text?.trim() === "";
    const member = text === undefined || empty ? undefined : parseJson(text);
    if (!empty) yield member;
    if (end === undefined || (member === undefined && !empty)) return;
    if (last) {
      const tail = bytes.subarray(end + 1);
      if (tail.length > longestHead || !/^\s*\}\s*$/.test(decodeAscii(tail))) yield undefined;
      return;
    }
    from = end + 1;
  }
}

/** Where the comma or the bracket after the member stands that begins at `from`; nothing if there is none. */
function endOfMember(bytes: Uint8Array, from: number): number | undefined {
  let depth = 0;
  let quoted = false;
  const end = Math.min(bytes.length, from + longestOpening);
  for (let at = from; at < end; at++) {
    const byte = bytes[at];
    if (quoted) {
      if (byte === backslash) at++;
      else if (byte === quote) quoted = false;
    } else if (byte === quote) quoted = true;
    else if (depth === 0 && (byte === comma || byte === closedList)) return at;
    else if (byte === opened || byte === openedList) depth++;
    else if (byte === closed || byte === closedList) depth--;
  }
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decodeAscii(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
