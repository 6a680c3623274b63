/** What a site shows of its letters against the log that was read, letter by letter; the log is read on where that is newer. */
import { problem } from "../foundation/problem.ts";
import { checkLists } from "./check-lists.ts";
import type { LogCheckName, Report } from "./checks.ts";
import { checkDisclosure, checkManifests, openNewer, type ShownLetter } from "./disclosure.ts";
import type { LogReading } from "./log-reading.ts";
import type { OpenedNames } from "./opened-names.ts";
import { readAhead } from "./read-ahead.ts";
import type { Sha256 } from "./sha256.ts";
import { checkText, isTextAhead, isTextBehind } from "./shown-text.ts";

/** Letters on their way at once. */
const depth = 4;

/** What a site shows. */
export interface ShownLetters {
  /** The ids (base64url) of all letters that the site shows; one that has two pages stands there twice. */
  readonly all: () => Promise<readonly string[]>;
  /** One letter; nothing if the site does not show it. `size` is how much of the log was read. */
  readonly find: (letter: string, size: number) => Promise<ShownLetter | undefined>;
  /**
   * Where a mirror keeps them, which fetched one after the other while the log went on: how much of the log a letter
   * (its id) had to show when it was fetched. None has to be newer than that.
   */
  readonly kept?: ((letter: string) => number) | undefined;
}

/**
 * How often, and how many milliseconds apart, page and checkpoint are asked for again where one is older than the other:
 * a cache keeps either for a moment, and a checkpoint is published when witnesses were asked.
 */
export interface Indulgence {
  readonly tries: number;
  readonly pause: number;
}
const usual: Indulgence = { tries: 10, pause: 1_000 };
/** What a mirror keeps does not change while it is looked at. */
const once: Indulgence = { tries: 1, pause: 0 };

export interface CompareOptions {
  /** Letters (ids in base64url) to compare with what is shown; without it all of them. */
  readonly only?: readonly string[];
  readonly indulgence?: Indulgence;
  readonly onCompared?: (letters: number, of: number) => void;
  /** Called after each page of a letter's lists of names, with how many names were read, and the letter's count. */
  readonly onListed?: (names: number, of: number) => void;
}

/** A letter as it was shown, and how much of the log it had to show. */
interface Found {
  readonly shown: ShownLetter | undefined;
  readonly least: number;
}

export class LetterComparison {
  /** How much of the log each letter that was compared had to show, by its id. */
  readonly due = new Map<string, number>();
  readonly #sha256: Sha256;
  readonly #checks: Report<LogCheckName>;
  readonly #reading: LogReading;
  readonly #letters: ShownLetters;
  readonly #options: CompareOptions;
  readonly #readOn: () => Promise<boolean>;
  readonly #patience: Indulgence;

  /**
   * @param reading the log, as far as it was read
   * @param readOn reads it as far as it is signed now. @returns false if it could not
   */
  constructor(
    sha256: Sha256,
    checks: Report<LogCheckName>,
    reading: LogReading,
    letters: ShownLetters,
    options: CompareOptions,
    readOn: () => Promise<boolean>,
  ) {
    this.#sha256 = sha256;
    this.#checks = checks;
    this.#reading = reading;
    this.#letters = letters;
    this.#options = options;
    this.#readOn = readOn;
    this.#patience = letters.kept ? once : (options.indulgence ?? usual);
  }

  /** Compares what is shown. Returns false if it had to read on and could not. */
  async run(): Promise<boolean> {
    const { only, onCompared } = this.#options;
    const listed = await this.#letters.all();
    const compared = new Set(only ?? [...this.#reading.letters.keys(), ...listed]);
    for (const letter of findTwice(listed))
      if (compared.has(letter)) this.#checks.report("disclosure", problem("letter-shown-twice", { letter }));
    let done = 0;
    for await (const [letter, found] of readAhead(compared, depth, (one) => this.#find(one))) {
      if (!(await this.#compare(letter, found))) return false;
      await found.shown?.close?.();
      onCompared?.(++done, compared.size);
    }
    return true;
  }

  /** A letter as it is shown, once that is not of before what was known of it. */
  async #find(letter: string): Promise<Found> {
    const { tries, pause } = this.#patience;
    // What is asked for now has to show all that was known of the letter before.
    const least = this.#letters.kept?.(letter) ?? this.#reading.historyOf(letter).size;
    this.due.set(letter, least);
    for (let attempt = 1; ; attempt++) {
      const shown = await this.#letters.find(letter, this.#reading.size);
      if (!shown || attempt === tries || !this.#isBehind(letter, shown, least)) return { shown, least };
      await shown.close?.();
      await sleep(pause);
    }
  }

  /** Whether what is shown of a letter is of before what the log held of it at this size. */
  #isBehind(letter: string, { size, text }: ShownLetter, least: number): boolean {
    return size < least || (text !== undefined && isTextBehind(this.#reading.historyOf(letter), text, least));
  }

  /** Whether what is shown of a letter is newer than what was read of the log. */
  #isAhead(letter: string, { size, text }: ShownLetter): boolean {
    const { size: read } = this.#reading;
    return size > read || (text !== undefined && isTextAhead(this.#reading.historyOf(letter), text));
  }

  /** Reads on until the state that is shown is reached, or has been waited for long enough. Returns false if it could not. */
  async #reach(letter: string, shown: ShownLetter): Promise<boolean> {
    const { tries, pause } = this.#patience;
    for (let attempt = 1; this.#isAhead(letter, shown) && attempt <= tries; attempt++) {
      if (attempt > 1) await sleep(pause);
      if (!(await this.#readOn())) return false;
    }
    return true;
  }

  /** Compares one letter. Returns false if it had to read on and could not. */
  async #compare(letter: string, { shown, least }: Found): Promise<boolean> {
    const [sha256, checks, reading] = [this.#sha256, this.#checks, this.#reading];
    if (shown && !(await this.#reach(letter, shown))) return false;
    const behind = shown && shown.size < least;
    if (behind)
      checks.report("disclosure", problem("shown-behind", { letter, shown: shown.size, logged: least }));
    if (shown && shown.size > reading.size) {
      const { size } = reading;
      checks.report("disclosure", problem("shown-ahead", { letter, shown: shown.size, size }));
      return true;
    }
    // A file of a mirror that stayed behind says nothing of what the site shows: its names are not compared.
    if (behind && this.#letters.kept) return true;
    const history = reading.historyOf(letter);
    const opened = await checkDisclosure(sha256, checks, letter, history, shown);
    if (shown?.manifest) await checkManifests(sha256, checks, letter, history, shown.manifest);
    if (shown?.text) checkText(sha256, checks, letter, history, shown.text, least);
    return !shown || !opened || this.#compareLists(letter, shown, opened, least);
  }

  /** Compares the lists of names. Returns false if it had to read on and could not. */
  async #compareLists(
    letter: string,
    { lists, count }: ShownLetter,
    opened: OpenedNames,
    least: number,
  ): Promise<boolean> {
    if (!lists) return true;
    const { tries, pause } = this.#patience;
    const { signatures } = this.#reading.historyOf(letter);
    const waiting = {
      tries,
      pause: () => sleep(pause),
      readOn: this.#readOn,
      size: () => this.#reading.size,
      open: () => this.#openAgain(letter, opened),
    };
    const { onListed } = this.#options;
    return checkLists(this.#checks, { letter, signatures, lists, opened, least }, waiting, (names) =>
      onListed?.(names, count),
    );
  }

  /** Takes the openings as they are now. Returns false if it had to read on and could not. */
  async #openAgain(letter: string, opened: OpenedNames): Promise<boolean> {
    const now = await this.#letters.find(letter, this.#reading.size);
    if (!now) return true;
    const reached = await this.#reach(letter, now);
    if (now.size <= this.#reading.size) {
      const history = this.#reading.historyOf(letter);
      await openNewer(this.#sha256, this.#checks, letter, history, opened, now);
    }
    await now.close?.();
    return reached;
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function findTwice(letters: readonly string[]): Set<string> {
  const met = new Set<string>();
  return new Set(letters.filter((letter) => met.size === met.add(letter).size));
}
