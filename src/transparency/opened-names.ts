/**
 * Which names the openings of a letter have shown to be signed, and by which entries. Of each is kept a fingerprint, not
 * the name: there may be a million, and each may stand on a list.
 */
import { type Problem, problem } from "../foundation/problem.ts";
import { encodeUtf8, equalBytes } from "./bytes.ts";
import type { Signatures } from "./letter-history.ts";
import type { Opening } from "./opening.ts";
import type { Sha256 } from "./sha256.ts";
import type { ShownName } from "./shown-names.ts";

/** Bytes of a fingerprint: enough that no other name is found that has it. */
const length = 16;

/** What stands of a row: nothing, an opening, and a name on the list too. */
const [, opened, listed] = [0, 1, 2];

/**
 * What is to be said of a listed name. `ahead`: it has no place in the log yet, or a later one than the openings know; for a
 * moment that is so of every new signature. `gone`: it was taken down before it was asked for; for a moment a cache may
 * show it still.
 */
export type Judged = "holds" | "ahead" | "gone" | Problem<ListedProblem>;
export type ListedProblem = "name-without-entry" | "opening-differs" | "opening-twice";

export class OpenedNames {
  /** How large the log was when the openings were so. */
  size: number;
  readonly #sha256: Sha256;
  readonly #signatures: Signatures;
  #states = new Uint8Array(4);
  #prints = new Uint8Array(4 * length);

  constructor(sha256: Sha256, signatures: Signatures, size: number) {
    this.#sha256 = sha256;
    this.#signatures = signatures;
    this.size = size;
  }

  /** Whether an opening of this row was met. */
  has(row: number): boolean {
    return (this.#states[row] ?? 0) >= opened!;
  }

  /** Takes the opening of a row. */
  open(row: number, { name, affiliation }: Opening): void {
    while (row >= this.#states.length) this.#widen();
    this.#states[row] = opened!;
    this.#prints.set(this.#print(name, affiliation), row * length);
  }

  /**
   * Looks at a listed name, and notes that it is listed: one signature stands for one name.
   * @param least how much of the log the list had to show
   */
  judge({ index, name, affiliation }: ShownName, least: number): Judged {
    const signatures = this.#signatures;
    if (index === null || index >= this.size) return "ahead";
    const row = signatures.at(index);
    if (row === undefined) return problem("name-without-entry");
    if (!this.has(row) && signatures.isGone(row, this.size))
      return signatures.isGone(row, least) ? "gone" : "holds";
    const print = this.#prints.subarray(row * length, (row + 1) * length);
    if (!this.has(row) || !equalBytes(print, this.#print(name, affiliation)))
      return problem("opening-differs");
    if (this.#states[row] === listed) return problem("opening-twice");
    this.#states[row] = listed!;
    return "holds";
  }

  /** Whether the name of the signature at this place of the log has been met on the list. */
  isListed(index: number | null): boolean {
    const row = index === null ? undefined : this.#signatures.at(index);
    return row !== undefined && this.#states[row] === listed;
  }

  #print(name: string, affiliation: string): Uint8Array {
    return this.#sha256(encodeUtf8(JSON.stringify([name, affiliation]))).subarray(0, length);
  }

  #widen(): void {
    const wider = (column: Uint8Array) => {
      const copy = new Uint8Array(column.length * 2);
      copy.set(column);
      return copy;
    };
    this.#states = wider(this.#states);
    this.#prints = wider(this.#prints);
  }
}
