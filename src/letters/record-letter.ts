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
} from "./letter.ts";
import { freeSlug, slugFor } from "./slug.ts";
import { insertLetter, lockSlugs, selectSlugsLike } from "./store.ts";
import { touchSite } from "./touch.ts";

export interface LetterInput {
  /** Made from the title where absent. */
  readonly slug?: string;
  readonly kind: Kind;
  /** Absent where the publisher only hosts the letter. */
  readonly publisherRole?: PublisherRole;
  readonly state: "archived" | "open";
  readonly date: PartialDate;
  /** The original's language, a BCP 47 tag; one of the translations is in it. */
  readonly language: string;
  readonly measure?: { readonly name: string; readonly type: MeasureType };
  readonly stance?: Stance;
  /** Marked on its page as an example. */
  readonly example?: boolean;
  /** The last day for signing (UTC), yyyy-mm-dd. */
  readonly closesOn?: string;
  readonly topics: readonly string[];
  readonly places: readonly string[];
  readonly addressees: readonly { readonly name: string; readonly type: AddresseeType }[];
  readonly initiators: readonly string[];
  readonly namedSignatories: readonly { readonly name: string; readonly kind: SignatoryKind }[];
  readonly reportedCount?: {
    readonly kind: ReportedKind;
    readonly count?: number;
    readonly qualifier?: Qualifier;
    readonly description: string;
  };
  readonly translations: readonly {
    readonly language: string;
    readonly title: string;
    readonly summary: string;
    /** Markdown; absent where the text is not held. */
    readonly body?: string;
  }[];
}

/** Lets nobody else record or rename a letter until the transaction ends: for those who look before they record. */
export function beginRecording(trx: Transaction): Promise<void> {
  return lockSlugs(trx);
}

/**
 * Writes a letter with its first revision, its tally and its place in the index.
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
  const wanted = input.slug ?? slugFor(original.title, input.kind, input.date);
  const slug = input.slug ?? freeSlug(wanted, await selectSlugsLike(trx, wanted));
  const id = newId();
  await insertLetter(trx, {
    ...input,
    id,
    slug,
    dated: partialDateToNumber(input.date),
    at: clock(),
  });
  await indexLetter(trx, id);
  await touchSite(trx);
  return { id, slug };
}
