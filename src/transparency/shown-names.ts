/** The names that a letter's page begins with, held against its openings and the log: nobody is listed who did not sign. */
import { problem } from "../foundation/problem.ts";
import type { Report } from "./checks.ts";
import type { LetterHistory } from "./letter-history.ts";
import type { Opening } from "./opening.ts";

/** A verified signature as the page lists it. */
export interface ShownName {
  /** Its place in the log, as the site says; null for the moment before it has one. */
  readonly index: number | null;
  readonly name: string;
  /** Empty where there is none. */
  readonly affiliation: string;
}

/** The verified names in a letter's JSON (docs/api.md): the first of each kind, as the page lists them. */
export function readShownNames(letter: unknown): readonly ShownName[] {
  const { organisations, people } = membersOf(membersOf(letter).signatories);
  return [organisations, people].flatMap((part) => {
    const { names } = membersOf(part);
    return Array.isArray(names) ? names.map(readName) : [];
  });
}

function readName(value: unknown): ShownName {
  const { name, affiliation, entry } = membersOf(value);
  const index = typeof entry === "number" && Number.isSafeInteger(entry) && entry >= 0 ? entry : null;
  return { index, name: String(name), affiliation: String(affiliation ?? "") };
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** A letter as far as its names go. `size` is that of the log when the openings were so. */
interface Shown {
  readonly size: number;
  readonly names?: readonly ShownName[] | undefined;
}

/** What two looks at a page know a name by; not by its place, which a page could change at every look. */
const keyOf = ({ name, affiliation }: ShownName) => JSON.stringify([name, affiliation]);

/**
 * The names that have no place in the log yet, or a later one than the openings know. For a moment that is so of every new
 * signature; for longer only of names that were never logged.
 */
export function namesAhead(shown: Shown | undefined): Set<string> {
  const { size, names = [] } = shown ?? { size: 0 };
  return new Set(names.filter(({ index }) => index === null || index >= size).map(keyOf));
}

/** Whether a name is listed that was withdrawn or erased when the log had this size. */
export function isNameGone({ signatures }: LetterHistory, { names = [] }: Shown, size: number): boolean {
  return names.some(({ index }) => {
    const row = index === null ? undefined : signatures.at(index);
    return row !== undefined && signatures.isGone(row, size);
  });
}

/** The names of one page while its openings are read one by one. */
export class ListedNames {
  readonly #unmet = new Map<number | null, ShownName[]>();

  constructor(names: readonly ShownName[] = []) {
    for (const name of names) {
      const same = this.#unmet.get(name.index);
      if (same) same.push(name);
      else this.#unmet.set(name.index, [name]);
    }
  }

  /** Takes an opening: it speaks for one name that is listed at its place. */
  meet({ index, name, affiliation }: Opening): void {
    const same = this.#unmet.get(index);
    const at = same?.findIndex((one) => one.name === name && one.affiliation === affiliation) ?? -1;
    if (at >= 0) same!.splice(at, 1);
  }

  /**
   * Reports the names for which no opening spoke.
   * @param letter its id, in base64url
   * @param size that of the log when the openings were so
   * @param least how much of the log the page had to show: what was taken down later may stand there for a moment
   * @param waited names that were ahead of the openings for as long as one waits; others that are came meanwhile
   */
  check(
    checks: Report<"openings" | "disclosure">,
    letter: string,
    { signatures }: LetterHistory,
    { size, least, waited }: { size: number; least: number; waited: ReadonlySet<string> },
  ): void {
    for (const name of [...this.#unmet.values()].flat()) {
      const { index } = name;
      if (index === null || index >= size) {
        if (!waited.has(keyOf(name))) continue;
        checks.report(
          "disclosure",
          problem("name-without-entry", { letter, ...(index !== null && { index }) }),
        );
        continue;
      }
      const row = signatures.at(index);
      if (row === undefined) checks.report("disclosure", problem("name-without-entry", { letter, index }));
      else if (!signatures.isGone(row, size))
        checks.report("openings", problem("opening-differs", { letter, index }));
      else if (signatures.isErased(row, least))
        checks.report("openings", problem("opening-of-erased", { letter, index }));
      else if (signatures.isGone(row, least))
        checks.report("openings", problem("opening-of-withdrawn", { letter, index }));
    }
  }
}
