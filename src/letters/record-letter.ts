/** Recording a letter: one that was written elsewhere, or one that opens here. */
import type { Transaction } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import { newId } from "../foundation/ids.ts";
import { type PartialDate, partialDateToNumber } from "../foundation/partial-date.ts";
import { indexLetter } from "./index-letter.ts";
import type {
  AddresseeType,
  Kind,
  MeasureType,
  PublisherRole,
  Qualifier,
  ReportedKind,
  SignatoryKind,
  Stance,
  State,
} from "./letter.ts";
import { insertLetter } from "./letter-store.ts";
import { logRevision } from "./log-text.ts";
import { freeSlug, slugFor } from "./slug.ts";
import { lockSlugs, selectSlugsLike } from "./slug-store.ts";
import { touchSite } from "./touch.ts";

/** One language of a revision. */
export interface TextInput {
  readonly language: string;
  readonly title: string;
  readonly summary: string;
  /** Markdown; absent where the text is not held. */
  readonly body?: string;
}

/** What is known of a letter beside its text. */
export interface LetterFacts {
  readonly kind: Kind;
  /** Absent where the publisher only hosts the letter. */
  readonly publisherRole?: PublisherRole;
  readonly date: PartialDate;
  /** The original's language, a BCP 47 tag; one of the translations is in it. */
  readonly language: string;
  readonly measure?: { readonly name: string; readonly type: MeasureType };
  readonly stance?: Stance;
  readonly topics: readonly string[];
  readonly places: readonly string[];
  readonly addressees: readonly { readonly name: string; readonly type: AddresseeType }[];
  readonly initiators: readonly string[];
}

/** Who is reported to have signed a letter elsewhere: those named, and the unnamed rest. */
export interface ReportedSignatories {
  readonly namedSignatories: readonly { readonly name: string; readonly kind: SignatoryKind }[];
  readonly reportedCount?: {
    readonly kind: ReportedKind;
    readonly count?: number;
    readonly qualifier?: Qualifier;
    readonly description: string;
  };
}

export interface LetterInput extends LetterFacts, ReportedSignatories {
  /** The identity that it had as a draft; a new one where absent. */
  readonly id?: string;
  /** Made from the title where absent. */
  readonly slug?: string;
  readonly state: Exclude<State, "closed">;
  /** Marked on its page as an example. */
  readonly example?: boolean;
  /** The last day for signing (UTC), yyyy-mm-dd. */
  readonly closesOn?: string;
  readonly translations: readonly TextInput[];
}

/** Lets nobody else record or rename a letter until the transaction ends: for those who look before they record. */
export function beginRecording(trx: Transaction): Promise<void> {
  return lockSlugs(trx);
}

/**
 * Writes a letter with its first revision, its tally, its place in the index and its first entry of the log.
 * @returns its identity and its slug
 * @throws Error when no translation is in the original's language, or a given slug is taken
 */
export async function recordLetter(
  trx: Transaction,
  clock: Clock,
  input: LetterInput,
): Promise<{ id: string; slug: string }> {
  const original = input.translations.find(({ language }) => language === input.language);
  if (!original) throw new Error(`no translation in the original's language, ${input.language}`);
  await lockSlugs(trx);
  const slug = input.slug ?? (await slugOf(trx, original.title, input));
  const id = input.id ?? newId();
  await writeLetter(trx, clock, { ...input, id, slug });
  await indexLetter(trx, id);
  await touchSite(trx);
  return { id, slug };
}

/**
 * Writes a letter that is to be taken back again (drafting/rehearse.ts), as far as its page shows it. It holds nothing that
 * letters share, neither slugs nor counts nor the site: nobody who records one waits for it, and it waits for nobody.
 * @returns the slug by which it is found until then, and the one that it would be given now
 */
export async function writeForShow(
  trx: Transaction,
  clock: Clock,
  input: Omit<LetterInput, "id">,
): Promise<{ slug: string; wouldBe: string }> {
  const id = newId();
  const slug = `rehearsal-${id}`;
  const { title } = input.translations.find(({ language }) => language === input.language)!;
  const wouldBe = input.slug ?? (await slugOf(trx, title, input));
  await writeLetter(trx, clock, { ...input, id, slug });
  return { slug, wouldBe };
}

/** A slug for a title that no letter has, or had. */
async function slugOf(
  trx: Transaction,
  title: string,
  { kind, date }: Pick<LetterInput, "kind" | "date">,
): Promise<string> {
  const wanted = slugFor(title, kind, date);
  return freeSlug(wanted, await selectSlugsLike(trx, wanted));
}

async function writeLetter(
  trx: Transaction,
  clock: Clock,
  letter: LetterInput & { readonly id: string; readonly slug: string },
): Promise<void> {
  await insertLetter(trx, { ...letter, dated: partialDateToNumber(letter.date), at: clock() });
  await logRevision(trx, letter.id, 1);
}
