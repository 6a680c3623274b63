// Written by `npm run schema` from the migrations. Not to be edited.
import type { Generated, GeneratedAlways } from "kysely";

export interface AddresseeTable {
  letter_id: string;
  position: number;
  name: string;
  type: "government" | "legislature" | "regulator" | "company" | "public-body" | "person" | "public";
}

export interface FacetCountTable {
  facet: string;
  letters: number;
}

export interface FormerSlugTable {
  slug: string;
  letter_id: string;
}

export interface InitiatorTable {
  letter_id: string;
  position: number;
  name: string;
}

export interface KnownWordTable {
  word: string;
}

export interface LetterTable {
  id: string;
  slug: string;
  kind: "open-letter" | "letter" | "joint-statement" | "declaration";
  publisher_role: "author" | "co-author" | "signatory" | "supporter" | "affiliate" | null;
  state: "archived" | "open" | "closed";
  dated: number;
  listed: GeneratedAlways<number>;
  language: string;
  measure_name: string | null;
  measure_type: "bill" | "regulation" | "policy" | "proposal" | null;
  stance: "opposes" | "supports" | "calls-for" | null;
  example: Generated<boolean>;
  opened_at: Date | null;
  closes_on: string | null;
  closed_at: Date | null;
}

export interface LetterIndexTable {
  letter_id: string;
  dated: number;
  listed: number;
  document: string;
  facets: string[];
}

export interface LetterOrganisationTable {
  letter_id: string;
  folded: string;
  document: string;
}

export interface LetterPlaceTable {
  letter_id: string;
  position: number;
  place: string;
}

export interface LetterTopicTable {
  letter_id: string;
  position: number;
  topic: string;
}

export interface MailBlockTable {
  letter_id: string;
  email_hash: Buffer;
  created_at: Date;
}

export interface MailSentTable {
  id: GeneratedAlways<number>;
  letter_id: string;
  email_hash: Buffer;
  at: Date;
}

export interface MailboxTable {
  id: GeneratedAlways<number>;
  at: Date;
  sealed: Buffer;
}

export interface MigrationTable {
  number: number;
  name: string;
  checksum: string;
  applied_at: Generated<Date>;
}

export interface ReportedCountTable {
  letter_id: string;
  kind: "person" | "organisation" | "mixed";
  count: number | null;
  qualifier: "exactly" | "more-than" | "about" | null;
  description: string;
}

export interface ReportedSignatoryTable {
  letter_id: string;
  position: number;
  name: string;
  kind: "person" | "organisation";
}

export interface RevisionTable {
  letter_id: string;
  number: number;
  created_at: Date;
}

export interface SignatureTable {
  id: string;
  letter_id: string;
  revision: number;
  kind: "person" | "organisation";
  state: "pending" | "accepted" | "withdrawn";
  name: string | null;
  name_folded: string | null;
  affiliation: string | null;
  role: string | null;
  website: string | null;
  representative: string | null;
  country: string | null;
  show: boolean;
  updates: boolean;
  language: string;
  email_sealed: Buffer | null;
  email_hash: Buffer | null;
  created_at: Date;
  accepted_at: Date | null;
  place: number | null;
  undeliverable_at: Date | null;
}

export interface SignatureChangeTable {
  id: GeneratedAlways<number>;
  signature_id: string;
  at: Date;
  change: "accepted" | "corrected" | "withdrawn" | "undeliverable";
  actor: "signatory" | "system";
  reason: string | null;
}

export interface SignatureTokenTable {
  hash: Buffer;
  signature_id: string;
  purpose: "confirm" | "access";
  created_at: Date;
  expires_at: Date | null;
}

export interface SiteTable {
  only: Generated<boolean>;
  name: string;
  heading: string;
  tagline: string;
  sample: Generated<boolean>;
  source: string | null;
  changed: Generated<string>;
}

export interface TallyTable {
  letter_id: string;
  people: Generated<number>;
  organisations: Generated<number>;
  unnamed: Generated<number>;
  changed: Generated<string>;
}

export interface TranslationTable {
  letter_id: string;
  revision: number;
  language: string;
  title: string;
  summary: Generated<string>;
  body: string | null;
}

export interface Schema {
  addressee: AddresseeTable;
  facet_count: FacetCountTable;
  former_slug: FormerSlugTable;
  initiator: InitiatorTable;
  known_word: KnownWordTable;
  letter: LetterTable;
  letter_index: LetterIndexTable;
  letter_organisation: LetterOrganisationTable;
  letter_place: LetterPlaceTable;
  letter_topic: LetterTopicTable;
  mail_block: MailBlockTable;
  mail_sent: MailSentTable;
  mailbox: MailboxTable;
  migration: MigrationTable;
  reported_count: ReportedCountTable;
  reported_signatory: ReportedSignatoryTable;
  revision: RevisionTable;
  signature: SignatureTable;
  signature_change: SignatureChangeTable;
  signature_token: SignatureTokenTable;
  site: SiteTable;
  tally: TallyTable;
  translation: TranslationTable;
}
