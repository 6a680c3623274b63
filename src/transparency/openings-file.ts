/**
 * Reads a letter's openings file one opening at a time, as it arrives. A letter may have a million names: as one JSON
 * value they would take a gigabyte, as bytes a quarter of it. Held are one opening and the piece that came last.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { concatBytes, decodeUtf8 } from "./bytes.ts";
import { type OpeningsFile, parseOpeningsFile } from "./opening.ts";

/** Bytes, in one piece or in several as they come over a network. */
export type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** What stands before the openings, and the openings, each as it comes out of JSON. */
export interface ReadOpenings extends Pick<OpeningsFile, "letter" | "size" | "count"> {
  /** To be read once. Where the file breaks off, or is no JSON, the last one is undefined, which is no opening. */
  readonly openings: AsyncIterable<unknown>;
  /** Lets go of what has not come yet, where the openings are not read to their end. */
  close(): Promise<void>;
}

/** All else stands within this many bytes: it is four short members. */
const longestHead = 1024;
/** Far longer than any opening is. */
const longestOpening = 65_536;

const [quote, backslash, comma, opened, closed, openedList, closedList] = Array.from(
  '"\\,{}[]',
  (character) => character.charCodeAt(0),
);

/** The openings file that these bytes are. `openings` must be its last member. Rejects where the bytes cannot be had. */
export async function readOpeningsFile(pieces: Pieces): Promise<ReadOpenings | Problem<"openings-invalid">> {
  const input = new Arriving(pieces);
  await input.reach(longestHead);
  // A byte that is cut through by the end of the head is no ASCII, and then it is no head.
  const start = decodeAscii(input.bytes.subarray(0, longestHead));
  const [head] = /^[^[]*?"openings"\s*:\s*\[/.exec(start) ?? [];
  const file = head === undefined ? problem("openings-invalid") : parseOpeningsFile(`${head}]}`);
  if (head === undefined || "problem" in file) {
    await input.close();
    return problem("openings-invalid");
  }
  input.take(head.length);
  const { letter, size, count } = file;
  return { letter, size, count, openings: openingsFrom(input), close: () => input.close() };
}

/** The members of the list that comes next; what follows the list must be the end of the file. */
async function* openingsFrom(input: Arriving): AsyncGenerator<unknown> {
  try {
    for (let first = true; ; first = false) {
      const scan = new Scan();
      let length = scan.findEnd(input.bytes);
      while (length === undefined && scan.at < longestOpening && (await input.grow()))
        length = scan.findEnd(input.bytes);
      const text = length === undefined ? undefined : decodeUtf8(input.take(length));
      const last = length !== undefined && input.take(1)[0] === closedList;
      const empty = last && first && text?.trim() === "";
      const member = text === undefined || empty ? undefined : parseJson(text);
      if (!empty) yield member;
      if (length === undefined || (member === undefined && !empty)) return;
      if (!last) continue;
      await input.reach(longestHead + 1);
      const tail = input.bytes;
      if (tail.length > longestHead || !/^\s*\}\s*$/.test(decodeAscii(tail))) yield undefined;
      return;
    }
  } finally {
    await input.close();
  }
}

/** A look for the end of the next member, which goes on where it stopped when more bytes have come. */
class Scan {
  /** How many bytes were looked at. */
  at = 0;
  #depth = 0;
  #quoted = false;

  /** @returns how many bytes it has, up to the comma or the bracket after it; nothing if that has not come */
  findEnd(bytes: Uint8Array): number | undefined {
    const end = Math.min(bytes.length, longestOpening);
    for (; this.at < end; this.at++) {
      const byte = bytes[this.at];
      if (this.#quoted) {
        if (byte === backslash) this.at++;
        else if (byte === quote) this.#quoted = false;
      } else if (byte === quote) this.#quoted = true;
      else if (this.#depth === 0 && (byte === comma || byte === closedList)) return this.at;
      else if (byte === opened || byte === openedList) this.#depth++;
      else if (byte === closed || byte === closedList) this.#depth--;
    }
    return undefined;
  }
}

/** Bytes that have come and were not taken yet. */
class Arriving {
  bytes: Uint8Array = new Uint8Array(0);
  readonly #pieces: AsyncGenerator<Uint8Array>;

  constructor(pieces: Pieces) {
    this.#pieces = oneByOne(pieces);
  }

  /** Waits for the next piece. @returns false if there is none */
  async grow(): Promise<boolean> {
    const { done, value } = await this.#pieces.next();
    if (done) return false;
    this.bytes = this.bytes.length === 0 ? value : concatBytes(this.bytes, value);
    return true;
  }

  /** Waits for so many bytes, or the end. */
  async reach(length: number): Promise<void> {
    while (this.bytes.length < length && (await this.grow()));
  }

  /** Takes the first bytes away. */
  take(length: number): Uint8Array {
    const taken = this.bytes.subarray(0, length);
    this.bytes = this.bytes.subarray(length);
    return taken;
  }

  async close(): Promise<void> {
    await this.#pieces.return(undefined);
  }
}

async function* oneByOne(pieces: Pieces): AsyncGenerator<Uint8Array> {
  yield* pieces;
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
