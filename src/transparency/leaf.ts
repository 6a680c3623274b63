/**
 * The entries of the log, byte by byte. An entry is canonical JSON in ASCII; its bytes are what is hashed. It holds no
 * name, no time and no free text. Hashes, identifiers and secrets are unpadded base64url.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { decodeUtf8, encodeUtf8 } from "./bytes.ts";
import { canonicalJson, isAscii, isCount } from "./canonical-json.ts";
import { isSpelledAsEntry } from "./entry-spelling.ts";

/** What every entry holds. */
interface Common {
  /** Version of the format. */
  readonly v: 1;
  /** The letter, 16 bytes. */
  readonly l: string;
  /** The entry's place among the letter's entries, from 0, without gaps. */
  readonly s: number;
  /** The letter's active signatures after this entry. */
  readonly n: number;
}

/** A revision was published: its number, and the SHA-256 of its manifest. */
export interface RevisionEntry extends Common {
  readonly t: "rev";
  readonly q: number;
  readonly r: string;
}

/** A signature was accepted: its commitment, person or organisation, the text signed, and the owner hash. */
export interface SignEntry extends Common {
  readonly t: "sign";
  readonly c: string;
  readonly k: "p" | "o";
  readonly r: string;
  readonly u: string;
}

/** Why a name or a signature was taken down. Only the signatory's own act can reveal the owner secret. */
export type Reason = "own" | "duplicate" | "impersonation" | "undeliverable" | "rule";

/** Signature `i` is withdrawn (n falls), or its name is no longer disclosed (n stays). `o` is the owner secret. */
export interface RemovalEntry extends Common {
  readonly t: "withdraw" | "erase";
  readonly i: number;
  readonly y: Reason;
  readonly o?: string;
}

/** The letter takes no more signatures: the text it closed with. */
export interface CloseEntry extends Common {
  readonly t: "close";
  readonly r: string;
}

/** The letter was delivered: SHA-256 of the document. */
export interface DeliverEntry extends Common {
  readonly t: "deliver";
  readonly d: string;
}

/** One entry of the log. */
export type Entry = RevisionEntry | SignEntry | RemovalEntry | CloseEntry | DeliverEntry;

/** Why bytes are not an entry. `entry-not-canonical` covers repeated keys, unsorted ones, spaces and escapes. */
export type EntryProblem = Problem<
  | "entry-not-json"
  | "entry-type-unknown"
  | "entry-key-unknown"
  | "entry-key-missing"
  | "entry-value-invalid"
  | "entry-not-canonical"
>;

type Rule = (value: unknown) => boolean;

/** 32 and 16 bytes in base64url. The last character has bits to spare, which must be zero. */
const isHash: Rule = matches(/^[\w-]{42}[AEIMQUYcgkosw048]$/);
const isLetterId: Rule = matches(/^[\w-]{21}[AQgw]$/);
const isReason: Rule = matches(/^(?:own|duplicate|impersonation|undeliverable|rule)$/);
const common: Record<string, Rule> = {
  v: (value) => value === 1,
  t: () => true,
  l: isLetterId,
  s: isCount,
  n: isCount,
};
const removal = { ...common, i: isCount, y: isReason, o: isHash };

/** For each type of entry its keys and what they may hold. Only `o` may be absent. */
const rules = new Map<unknown, Readonly<Record<string, Rule>>>([
  ["rev", { ...common, q: isCount, r: isHash }],
  ["sign", { ...common, c: isHash, k: matches(/^[po]$/), r: isHash, u: isHash }],
  ["withdraw", removal],
  ["erase", removal],
  ["close", { ...common, r: isHash }],
  ["deliver", { ...common, d: isHash }],
]);
const keyCounts = new Map(Array.from(rules, ([type, keys]) => [type, Object.keys(keys).length]));

function matches(pattern: RegExp): Rule {
  return (value) => typeof value === "string" && pattern.test(value);
}

/** The bytes of an entry. Throws if it is none: an entry that no verifier accepts must never be logged. */
export function serialiseEntry(entry: Entry): Uint8Array {
  const bytes = encodeUtf8(canonicalJson({ ...entry }));
  const read = parseEntry(bytes);
  if ("problem" in read)
    throw new Error(`not an entry: ${read.problem} ${JSON.stringify(read.detail ?? {})}`);
  return bytes;
}

/** The entry that these bytes are, if they are exactly what serialiseEntry writes. */
export function parseEntry(bytes: Uint8Array): Entry | EntryProblem {
  const text = decodeUtf8(bytes);
  if (text !== undefined && isSpelledAsEntry(text)) return JSON.parse(text) as Entry;
  const value = text === undefined || !isAscii(text) ? undefined : parseObject(text);
  if (!value) return problem("entry-not-json");
  const keys = rules.get(value.t);
  if (!keys) return problem("entry-type-unknown");
  let found = 0;
  for (const key in value) {
    const rule = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (!rule) return problem("entry-key-unknown", { key: key.slice(0, 40) });
    if (!rule(value[key])) return problem("entry-value-invalid", { key });
    found++;
  }
  const withoutOwner = keys === removal && value.o === undefined;
  if (found + (withoutOwner ? 1 : 0) !== keyCounts.get(value.t)) return problem("entry-key-missing");
  if (!withoutOwner && keys === removal && value.y !== "own")
    return problem("entry-value-invalid", { key: "o" });
  // A repeated key, an escape, a space or another order: none of them survives being written again.
  if (!hasSortedKeys(value) || JSON.stringify(value) !== text) return problem("entry-not-canonical");
  return value as unknown as Entry;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function hasSortedKeys(value: Readonly<Record<string, unknown>>): boolean {
  let last = "";
  for (const key in value) {
    if (key <= last) return false;
    last = key;
  }
  return true;
}
