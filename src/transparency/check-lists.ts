/**
 * The lists of names of a letter, held against its openings and the log: nobody is listed who did not sign. Every page is
 * read, one after the other, and let go of; what is kept is where lists led to, and the names that are waited for.
 */
import { problem } from "../foundation/problem.ts";
import type { FindingCode, Report } from "./checks.ts";
import type { Signatures } from "./letter-history.ts";
import type { Judged, OpenedNames } from "./opened-names.ts";
import type { NamesPage, ShownLists, ShownName } from "./shown-names.ts";

/** How many names are waited for at most. Those beyond are told at once: no site takes in so many within a moment. */
const mostWaiting = 10_000;
/** On how many pages names are waited for at most: each is read again at every look. */
const mostPlaces = 100;

export interface ListsToCheck {
  /** Its id, in base64url. */
  readonly letter: string;
  readonly signatures: Signatures;
  readonly lists: ShownLists;
  readonly opened: OpenedNames;
  /** How much of the log the lists had to show. */
  readonly least: number;
}

/** What is done while names are waited for, which are newer than what was read, or which a cache may still show. */
export interface Waiting {
  /** How often they are looked at, the first time included. */
  readonly tries: number;
  readonly pause: () => Promise<void>;
  /** Reads the log on, as far as it is signed now. @returns false if it could not be read on */
  readonly readOn: () => Promise<boolean>;
  /** How much of the log was read. */
  readonly size: () => number;
  /** Reads the openings again, as they are now. @returns false if the log could not be read as far */
  readonly open: () => Promise<boolean>;
}

/** Where a name stands, and what was said of it last. */
interface Met {
  readonly name: ShownName;
  readonly judged: "ahead" | "gone";
}

/** The first pages have no address of their own. */
type Place = string | undefined;

/**
 * Checks the lists of one letter.
 * @param onListed called after each page with the number of names read
 * @returns false if the log had to be read on, and could not be
 */
export async function checkLists(
  checks: Report<"openings" | "disclosure">,
  asked: ListsToCheck,
  waiting: Waiting,
  onListed?: (names: number) => void,
): Promise<boolean> {
  let met = new Awaited();
  for await (const { place, names, read } of pagesOf(checks, asked)) {
    for (const name of names) note(checks, asked, met, place, name);
    onListed?.(read);
  }
  for (let attempt = 1; met.count > 0 && attempt < waiting.tries; attempt++) {
    await waiting.pause();
    const still = new Map<Place, readonly ShownName[]>();
    for (const place of met.places()) still.set(place, await lookAgain(asked, place, met));
    const places = [...still.values()].flat().map(({ index }) => index ?? -1);
    if (places.some((index) => index >= waiting.size()) && !(await waiting.readOn())) return false;
    const isNewer = (index: number) => index >= asked.opened.size && index < waiting.size();
    if (places.some(isNewer) && !(await waiting.open())) return false;
    met = new Awaited();
    for (const [place, names] of still) for (const name of names) note(checks, asked, met, place, name);
  }
  for (const one of met.all()) reportMet(checks, asked, one);
  return true;
}

/** Judges a name, and keeps it where it is to be waited for. */
function note(
  checks: Report<"openings" | "disclosure">,
  asked: ListsToCheck,
  met: Awaited,
  place: Place,
  name: ShownName,
): void {
  const { letter, opened, least } = asked;
  const judged: Judged = opened.judge(name, least);
  if (judged === "holds") return;
  if (judged === "ahead" || judged === "gone") {
    if (met.hasRoom(place)) met.add(place, { name, judged });
    else reportMet(checks, asked, { name, judged });
    return;
  }
  const check = judged.problem === "name-without-entry" ? "disclosure" : "openings";
  checks.report(check, problem(judged.problem, { letter, ...placeOf(name) }));
}

/** Reports a name that was waited for long enough. */
function reportMet(
  checks: Report<"openings" | "disclosure">,
  { letter, signatures, least }: ListsToCheck,
  { name, judged }: Met,
): void {
  const detail = { letter, ...placeOf(name) };
  if (judged === "ahead") checks.report("disclosure", problem("name-without-entry", detail));
  else if (signatures.isErased(signatures.at(name.index!)!, least))
    checks.report("openings", problem("opening-of-erased", detail));
  else checks.report("openings", problem("opening-of-withdrawn", detail));
}

function placeOf({ index }: ShownName) {
  return index === null ? {} : { index };
}

/** The names of a page that are still on it, and not settled yet. Others have come since. */
async function lookAgain(
  { lists, opened }: ListsToCheck,
  place: Place,
  met: Awaited,
): Promise<readonly ShownName[]> {
  const pages = place === undefined ? await lists.again() : [await lists.read(place)];
  const names = (pages ?? []).flatMap((page) => page?.names ?? []);
  return names.filter((name) => met.waits(place, name) && !opened.isListed(name.index));
}

/** Names that are waited for, by the pages on which they stand. */
class Awaited {
  count = 0;
  readonly #met = new Map<Place, Map<string, Met>>();

  hasRoom(place: Place): boolean {
    return this.count < mostWaiting && (this.#met.has(place) || this.#met.size < mostPlaces);
  }

  add(place: Place, one: Met): void {
    const there = this.#met.get(place) ?? new Map<string, Met>();
    this.#met.set(place, there);
    const before = there.size;
    there.set(keyOf(one.name), one);
    this.count += there.size - before;
  }

  waits(place: Place, name: ShownName): boolean {
    return this.#met.get(place)?.has(keyOf(name)) ?? false;
  }

  places(): Iterable<Place> {
    return this.#met.keys();
  }

  *all(): Generator<Met> {
    for (const there of this.#met.values()) yield* there.values();
  }
}

/** What two looks at a page know a name by; not by its place, which a page could change at every look. */
function keyOf({ name, affiliation }: ShownName): string {
  return JSON.stringify([name, affiliation]);
}

/**
 * All pages of the lists, one list after the other. A page that is missing, a list that leads back to where it has been,
 * and one that goes on beyond all signatures that there are, end there, each with a finding.
 */
async function* pagesOf(
  checks: Report<"disclosure">,
  { letter, signatures, lists }: ListsToCheck,
): AsyncGenerator<{ readonly place: Place; readonly names: readonly ShownName[]; readonly read: number }> {
  const led = new Set<string>();
  let read = 0;
  for (const first of lists.pages) {
    let [page, place]: [NamesPage, Place] = [first, undefined];
    for (let number = 1; ; number++) {
      const found = (code: FindingCode, detail = {}) =>
        checks.report("disclosure", problem(code, { letter, page: number, ...detail }));
      read += page.names.length;
      const { next } = page;
      // An empty page that leads on could go on so for ever.
      if (read > signatures.count + mostWaiting || (page.names.length === 0 && next !== undefined)) {
        found("names-endless", { read, logged: signatures.count });
        break;
      }
      yield { place, names: page.names, read };
      if (next === undefined) break;
      if (led.has(next)) {
        found("names-repeated");
        break;
      }
      led.add(next);
      const following = await lists.read(next);
      if (!following) {
        found("names-missing", { page: number + 1 });
        break;
      }
      [page, place] = [following, next];
    }
  }
}
