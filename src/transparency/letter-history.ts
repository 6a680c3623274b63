/**
 * What the entries of one letter add up to, and the rules they must keep among themselves (items 4 to 6 of the
 * verifier's list). Only what later checks need is kept: about 120 bytes a signature.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { decodeBase64url, equalBytes } from "./bytes.ts";
import type { FindingCode } from "./checks.ts";
import { ownerHash } from "./commitment.ts";
import type { Entry, RemovalEntry, SignEntry } from "./leaf.ts";
import { hashLength, type Sha256 } from "./sha256.ts";

/** Takes a finding of one of the checks that read entries. */
export type ReportEntry = (
  check: "sequence" | "revisions" | "removals",
  finding: Problem<FindingCode>,
) => void;

/** The signatures of a letter, by their place `s`; in columns, because there may be millions. */
export class Signatures {
  readonly #rows = new Map<number, number>();
  /** Where in the log a signature was accepted, withdrawn and erased: infinitely far on where it never was. */
  #accepted = new Float64Array(4);
  #withdrawn = new Float64Array(4);
  #erased = new Float64Array(4);
  /** For each signature its commitment and its owner hash. */
  #hashes = new Uint8Array(4 * 2 * hashLength);

  /** Adds a signature that stands at `index` of the log. */
  add(entry: SignEntry, index: number): void {
    const row = this.#rows.size;
    if (this.#rows.has(entry.s)) return;
    if (row === this.#accepted.length) this.#widen();
    this.#rows.set(entry.s, row);
    this.#accepted[row] = index;
    this.#withdrawn[row] = Number.POSITIVE_INFINITY;
    this.#erased[row] = Number.POSITIVE_INFINITY;
    this.#hashes.set(decodeBase64url(entry.c)!, row * 2 * hashLength);
    this.#hashes.set(decodeBase64url(entry.u)!, (row * 2 + 1) * hashLength);
  }

  /** How many there are, whatever became of them. */
  get count(): number {
    return this.#rows.size;
  }

  /** The row of the signature at place s, if there is one. */
  find(s: number): number | undefined {
    return this.#rows.get(s);
  }

  /** All places and their rows, in the order of the log. */
  all(): Iterable<readonly [s: number, row: number]> {
    return this.#rows;
  }

  /** The row of the signature that was accepted at this place of the log, if one was. */
  at(index: number): number | undefined {
    // Rows are in the order of the log.
    let [low, high] = [0, this.#rows.size - 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#accepted[middle]! < index) low = middle + 1;
      else high = middle;
    }
    return high >= 0 && this.#accepted[low] === index ? low : undefined;
  }

  /** Where in the log it was accepted. */
  index(row: number): number {
    return this.#accepted[row]!;
  }

  commitment(row: number): Uint8Array {
    return this.#hashes.subarray(row * 2 * hashLength, (row * 2 + 1) * hashLength);
  }

  owner(row: number): Uint8Array {
    return this.#hashes.subarray((row * 2 + 1) * hashLength, (row * 2 + 2) * hashLength);
  }

  /** Whether it had been accepted, and not withdrawn, when the log had this size. */
  isActive(row: number, size: number): boolean {
    return this.#accepted[row]! < size && this.#withdrawn[row]! >= size;
  }

  /** How many there were, accepted and not withdrawn, when the log had this size. */
  countActive(size: number): number {
    let count = 0;
    for (const row of this.#rows.values()) if (this.isActive(row, size)) count++;
    return count;
  }

  /** Whether its name had been erased when the log had this size. */
  isErased(row: number, size: number): boolean {
    return this.#erased[row]! < size;
  }

  /** Whether it had been withdrawn, or its name erased, when the log had this size. */
  isGone(row: number, size: number): boolean {
    return this.#withdrawn[row]! < size || this.#erased[row]! < size;
  }

  /** Notes a withdrawal at `index` of the log. Returns false if there was one before. */
  withdraw(row: number, index: number): boolean {
    if (this.#withdrawn[row]! < index) return false;
    this.#withdrawn[row] = index;
    return true;
  }

  /** Notes an erasure at `index` of the log. The first counts. */
  erase(row: number, index: number): void {
    this.#erased[row] = Math.min(this.#erased[row]!, index);
  }

  #widen(): void {
    const rows = this.#accepted.length * 2;
    const wider = (column: Float64Array) => {
      const copy = new Float64Array(rows);
      copy.set(column);
      return copy;
    };
    this.#accepted = wider(this.#accepted);
    this.#withdrawn = wider(this.#withdrawn);
    this.#erased = wider(this.#erased);
    const hashes = new Uint8Array(rows * 2 * hashLength);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
  }
}

/** One letter, after the entries read so far. */
export class LetterHistory {
  readonly signatures = new Signatures();
  /** Active signatures, as the last entry says. */
  active = 0;
  /** The log's size with its latest entry. */
  size = 0;
  /** Its revisions, the latest last, each with its place in the log. `hash` is that of the manifest, base64url. */
  readonly revisions: { readonly number: number; readonly hash: string; readonly index: number }[] = [];
  #next = 0;
  #closed = false;

  /**
   * Takes the letter's next entry, which stands at `index` of the log. After a finding it goes on from what the entry
   * says, so that one fault is not found again in every entry after it. A second erasure is no fault: nothing follows
   * from it.
   */
  add(sha256: Sha256, entry: Entry, index: number, report: ReportEntry): void {
    const at = { letter: entry.l, s: entry.s, index };
    const found = (check: Parameters<ReportEntry>[0], code: FindingCode, detail = {}) =>
      report(check, problem(code, { ...at, ...detail }));
    if (entry.s !== this.#next) found("sequence", "sequence-gap", { expected: this.#next });
    if (this.#closed && !["withdraw", "erase", "deliver"].includes(entry.t))
      found("revisions", "after-close");
    const revision = this.revisions.at(-1);
    let active = this.active;
    switch (entry.t) {
      case "rev":
        if (entry.q <= (revision?.number ?? -1)) found("revisions", "revision-not-rising");
        this.revisions.push({ number: entry.q, hash: entry.r, index });
        break;
      case "sign":
        if (entry.r !== revision?.hash) found("revisions", "revision-not-latest");
        this.signatures.add(entry, index);
        active++;
        break;
      case "close":
        if (entry.r !== revision?.hash) found("revisions", "revision-not-latest");
        this.#closed = true;
        break;
      case "withdraw":
      case "erase":
        if (this.#remove(sha256, entry, index, (code) => found("removals", code, { target: entry.i })))
          active--;
        break;
    }
    if (entry.n !== active) found("sequence", "count-wrong", { expected: active, found: entry.n });
    this.active = entry.n;
    this.size = index + 1;
    this.#next = entry.s + 1;
  }

  /** Returns whether an active signature was withdrawn. */
  #remove(sha256: Sha256, entry: RemovalEntry, index: number, found: (code: FindingCode) => void): boolean {
    const row = this.signatures.find(entry.i);
    if (row === undefined) {
      found("target-missing");
      return false;
    }
    if (entry.o !== undefined) {
      const hash = ownerHash(sha256, decodeBase64url(entry.o)!);
      if (!equalBytes(hash, this.signatures.owner(row))) found("owner-differs");
    }
    if (entry.t === "erase") {
      this.signatures.erase(row, index);
      return false;
    }
    const first = this.signatures.withdraw(row, index);
    if (!first) found("withdrawn-twice");
    return first;
  }
}
