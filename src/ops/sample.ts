/** The sample archive, for trying the software out. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../database/open.ts";
import { inTransaction } from "../database/transaction.ts";
import type { Clock } from "../foundation/clock.ts";
import { parsePartialDate } from "../foundation/partial-date.ts";
import type { Kind, PublisherRole, Qualifier, ReportedKind } from "../letters/letter.ts";
import { type LetterInput, recordLetter } from "../letters/record-letter.ts";
import { createSite } from "../letters/site.ts";

const folder = join(import.meta.dirname, "../../sample");

/** Where the sample's facts come from, as the footer says it in every language: an address (sample/source.md). */
const source = "internetsociety.org/open-letters";

/** The shape of sample/letters.json. */
interface SampleFile {
  readonly site: { readonly name: string; readonly heading: string; readonly tagline: string };
  readonly letters: readonly {
    readonly date: string;
    readonly title: string;
    readonly summary: string;
    readonly kind: Kind;
    readonly publisherRole: PublisherRole;
    readonly addressees: LetterInput["addressees"];
    readonly topics: readonly string[];
    readonly places: readonly string[];
    readonly stance?: NonNullable<LetterInput["stance"]>;
    readonly measure?: NonNullable<LetterInput["measure"]>;
    readonly initiators?: readonly string[];
    readonly namedSignatories?: LetterInput["namedSignatories"];
    readonly reportedSignatories?: {
      readonly kind: ReportedKind;
      readonly count?: number;
      readonly qualifier?: Qualifier;
      readonly description: string;
    };
  }[];
}

/** The shape of sample/example-letter.json; each text lies beside it as example-letter.<language>.md. */
type ExampleFile = Pick<
  LetterInput,
  "kind" | "language" | "topics" | "places" | "addressees" | "initiators"
> & {
  readonly stance: NonNullable<LetterInput["stance"]>;
  readonly translations: readonly {
    readonly language: string;
    readonly title: string;
    readonly summary: string;
  }[];
};

/**
 * Fills an empty database with the sample: the facts of 24 letters, and one open example whose last day is a year
 * ahead. Does nothing when the database has a site already.
 * @returns whether it was imported
 */
export async function importSample(db: Database, clock: Clock): Promise<boolean> {
  const { site, letters } = await readJson<SampleFile>("letters.json");
  const example = await readExample(clock());
  return inTransaction(db, async (trx) => {
    if (!(await createSite(trx, { ...site, sample: true, source }))) return false;
    // The file lists the newest first; what is recorded later is listed first among equal dates.
    for (const letter of letters.toReversed()) {
      const { date, title, summary, reportedSignatories, ...facts } = letter;
      await recordLetter(trx, clock, {
        ...facts,
        state: "archived",
        date: parsePartialDate(date)!,
        language: "en",
        initiators: facts.initiators ?? [],
        namedSignatories: facts.namedSignatories ?? [],
        ...(reportedSignatories ? { reportedCount: reportedSignatories } : {}),
        translations: [{ language: "en", title, summary }],
      });
    }
    await recordLetter(trx, clock, example);
    return true;
  });
}

async function readExample(now: Date): Promise<LetterInput> {
  const example = await readJson<ExampleFile>("example-letter.json");
  const today = now.toISOString().slice(0, 10);
  return {
    ...example,
    state: "open",
    example: true,
    date: parsePartialDate(today)!,
    closesOn: `${now.getUTCFullYear() + 1}${today.slice(4)}`.replace("-02-29", "-02-28"),
    namedSignatories: [],
    translations: await Promise.all(
      example.translations.map(async (translation) => ({
        ...translation,
        body: await readFile(join(folder, `example-letter.${translation.language}.md`), "utf8"),
      })),
    ),
  };
}

async function readJson<Shape>(name: string): Promise<Shape> {
  return JSON.parse(await readFile(join(folder, name), "utf8")) as Shape;
}
