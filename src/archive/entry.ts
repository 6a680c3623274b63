/** A letter as the archive shows it. */
import type { PartialDate } from "../foundation/partial-date.ts";
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
} from "../letters/letter.ts";

export interface Addressee {
  readonly name: string;
  readonly type: AddresseeType;
}

export interface NamedSignatory {
  readonly name: string;
  readonly kind: SignatoryKind;
}

/** A name as reported, with what the report says beside it. */
export interface ReportedSignatory extends NamedSignatory {
  /** Of a person. */
  readonly affiliation: string | null;
  readonly role: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  /** When it was signed elsewhere. */
  readonly date: PartialDate | null;
}

/** The unnamed rest of the signatories, as reported. */
export interface ReportedCount {
  readonly kind: ReportedKind;
  readonly count: number | null;
  readonly qualifier: Qualifier | null;
  /** In the original's language. */
  readonly description: string;
}

/** Whether a letter is signed here, or was: it was opened, or those invited signed it before it became public. */
export function isSignedHere({ state }: Pick<Entry, "state">): boolean {
  return state !== "archived";
}

/** What the list, the feeds and the JSON show of a letter. */
export interface Entry {
  readonly id: string;
  readonly slug: string;
  readonly kind: Kind;
  /** Null where the publisher only hosts the letter. */
  readonly publisherRole: PublisherRole | null;
  readonly state: State;
  readonly date: PartialDate;
  readonly example: boolean;
  /** The original's language (BCP 47). */
  readonly originalLanguage: string;
  /** The language of title and summary: the reader's, or else the original's. */
  readonly language: string;
  readonly title: string;
  readonly summary: string;
  readonly measure: { readonly name: string; readonly type: MeasureType } | null;
  readonly stance: Stance | null;
  readonly addressees: readonly Addressee[];
  readonly initiators: readonly string[];
  readonly topics: readonly string[];
  readonly places: readonly string[];
  /** The first few of those reported by name. */
  readonly named: readonly NamedSignatory[];
  readonly namedTotal: number;
  readonly reported: ReportedCount | null;
  /** Verified signatures; `unnamed` of them chose not to be named. */
  readonly people: number;
  readonly organisations: number;
  readonly unnamed: number;
  readonly openedAt: Date | null;
  /** The last day for signing, yyyy-mm-dd, UTC. */
  readonly closesOn: string | null;
  readonly closedAt: Date | null;
  /** When the text was last recorded here, or the letter corrected. */
  readonly updatedAt: Date;
}
