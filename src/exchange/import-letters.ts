/** Brings listed letters into the archive: first a plan that can be looked at, then the same plan, written. */
import type { Database, Queryable } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { fold } from "../foundation/fold.ts";
import { type PartialDate, partialDateToNumber, partialDateToString } from "../foundation/partial-date.ts";
import { findLettersDated } from "../letters/find-letter.ts";
import type { Kind, PublisherRole } from "../letters/letter.ts";
import { beginRecording, recordLetter } from "../letters/record-letter.ts";
import { ensureSite, nameSite } from "../letters/site.ts";
import type { ListedLetter, Listing } from "./listing.ts";

/** What a listing cannot say. */
export interface ImportOptions {
  /** Absent where the publisher only hosts the letters. */
  readonly publisherRole?: PublisherRole;
  /** The language of titles and summaries, BCP 47. */
  readonly language: string;
  /** One kind for all; otherwise told by the title. */
  readonly kind?: Kind;
  /** Makes the listing's heading and tagline those of the site. */
  readonly takeHeading: boolean;
}

export interface PlannedLetter {
  readonly letter: ListedLetter;
  readonly kind: Kind;
  /** The slug under which the archive has it: already, or since it was written. */
  readonly slug?: string;
  /** present: the archive has it; repeated: it stands further up in the same file. */
  readonly state: "new" | "present" | "repeated";
}

/** Tells which letters are new. Without a database all are, but for those that the file repeats. */
export async function planImport(
  db: Queryable | undefined,
  listing: Listing,
  options: Pick<ImportOptions, "kind">,
): Promise<PlannedLetter[]> {
  const present = new Map<string, string>();
  const found = db
    ? await findLettersDated(
        db,
        listing.letters.map(({ date }) => date),
      )
    : [];
  for (const { slug, date, titles } of found)
    for (const title of titles) present.set(keyOf(date, title), slug);
  const seen = new Set<string>();
  return listing.letters.map((letter) => {
    const key = keyOf(letter.date, letter.title);
    const slug = present.get(key);
    const state = slug !== undefined ? "present" : seen.has(key) ? "repeated" : "new";
    seen.add(key);
    return { letter, kind: options.kind ?? kindOf(letter.title), state, ...(slug !== undefined && { slug }) };
  });
}

/**
 * Records the letters that are new, all or none. Doing it again changes nothing.
 * @param siteUrl gives a site without a row its name
 * @returns the plan, with the slugs of what was written
 */
export function importLetters(
  db: Database,
  clock: Clock,
  listing: Listing,
  options: ImportOptions,
  siteUrl: URL,
): Promise<PlannedLetter[]> {
  return inTransaction(db, async (trx) => {
    await beginRecording(trx);
    await ensureSite(trx, siteUrl);
    const { heading, tagline } = listing;
    if (options.takeHeading && heading) {
      await nameSite(trx, { heading: heading.text, tagline: tagline?.text ?? "" });
    }
    const plan = await planImport(trx, listing, options);
    const slugs = new Map<PlannedLetter, string>();
    // Of equal dates, what is recorded later stands first in the archive.
    for (const planned of isAscending(listing) ? plan : plan.toReversed()) {
      if (planned.state !== "new") continue;
      const { letter, kind } = planned;
      const { language, publisherRole } = options;
      const { slug } = await recordLetter(trx, clock, {
        kind,
        ...(publisherRole && { publisherRole }),
        state: "archived",
        date: letter.date,
        language,
        topics: [],
        places: [],
        addressees: [],
        initiators: [],
        namedSignatories: [],
        translations: [{ language, title: letter.title, summary: letter.summary }],
      });
      slugs.set(planned, slug);
    }
    return plan.map((planned) => ({ ...planned, ...(slugs.has(planned) && { slug: slugs.get(planned)! }) }));
  });
}

/** Whether the file lists the oldest first. */
function isAscending({ letters }: Listing): boolean {
  const [first, last] = [letters[0], letters.at(-1)];
  return first !== undefined && partialDateToNumber(first.date) < partialDateToNumber(last!.date);
}

/** Two entries are one letter when date and title agree; blanks, capitals, accents and punctuation do not count. */
function keyOf(date: PartialDate, title: string): string {
  const words = fold(title).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [fold(title)];
  return `${partialDateToString(date)} ${words.join("")}`;
}

const kindWords: readonly (readonly [Kind, RegExp])[] = [
  ["open-letter", /\b(?:open letters?|lettres? ouvertes?|cartas? abiertas?)\b|(?:رساله|رسائل|رسايل) مفتوحه/u],
  [
    "joint-statement",
    /\b(?:joint statement|declaration (?:commune|conjointe)|declaracion conjunta)\b|بيان مشترك/u,
  ],
  ["declaration", /\b(?:declaration|declaracion|manifesto)\b|(?:^|[^\p{L}])ا?علان(?:$|[^\p{L}])/u],
];

/** What the title calls itself; a letter when it does not say. */
function kindOf(title: string): Kind {
  const folded = fold(title);
  return kindWords.find(([, words]) => words.test(folded))?.[0] ?? "letter";
}
