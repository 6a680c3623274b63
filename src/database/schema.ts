// Written by `npm run schema` from the migrations. Not to be edited.
import type { Generated, GeneratedAlways } from "kysely";

export interface AccountTable {
  id: string;
  name: string;
  role: "owner" | "editor" | "moderator" | "partner";
  language: string;
  email_sealed: Buffer | null;
  email_hash: Buffer | null;
  created_at: Date;
  removed_at: Date | null;
  address_proved_at: Date | null;
  news: Generated<boolean>;
}

export interface ActTable {
  id: GeneratedAlways<number>;
  at: Date;
  actor: "account" | "operator" | "system";
  account_id: string | null;
  actor_name: string | null;
  act: string;
  subject_id: string | null;
  subject_name: string | null;
  letter_id: string | null;
  before: unknown | null;
  after: unknown | null;
  words: string;
}

export interface AddressProofTable {
  id: string;
  token_hash: Buffer;
  account_id: string;
  email_sealed: Buffer;
  email_hash: Buffer;
  former_sealed: Buffer | null;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

export interface AddresseeTable {
  letter_id: string;
  position: number;
  name: string;
  type: "government" | "legislature" | "regulator" | "company" | "public-body" | "person" | "public";
}

export interface CirculationTable {
  letter_id: string;
  began_at: Date;
  began_by: string | null;
  deadline: Date | null;
  time_zone: string;
  remind_days: number[];
  message: string;
  ended_at: Date | null;
}

export interface CirculationEventTable {
  place: GeneratedAlways<number>;
  letter_id: string;
  invitee_id: string;
  kind: "comment" | "answer" | "signed" | "condition" | "withdrawn" | "declined";
  at: Date;
}

export interface CirculationFollowerTable {
  letter_id: string;
  account_id: string;
  told: number;
}

export interface CirculationNewsTable {
  id: string;
  letter_id: string;
  account_id: string;
  after_place: number;
  last_place: number;
  token_hash: Buffer;
  at: Date;
}

export interface CommentTable {
  id: string;
  place: GeneratedAlways<number>;
  letter_id: string;
  thread: string | null;
  invitee_id: string | null;
  account_id: string | null;
  draft: number;
  language: string;
  paragraph: number | null;
  quote: string | null;
  body: string | null;
  at: Date;
  resolved_at: Date | null;
}

export interface CommentChangeTable {
  id: GeneratedAlways<number>;
  comment_id: string;
  change: "resolved" | "reopened";
  at: Date;
  invitee_id: string | null;
  account_id: string | null;
}

export interface CorrectionTable {
  letter_id: string;
  number: number;
  at: Date;
  revision: number | null;
  note: string;
  changed: string[];
  made_by: string | null;
}

export interface DecisionTable {
  id: string;
  letter_id: string;
  verdict: "accept" | "refuse" | "hold";
  reason: "not-real" | "impersonation" | "not-authorised" | "duplicate" | "abuse" | "closed" | "other" | null;
  note: string | null;
  told: boolean;
  condition: unknown | null;
  undoes: string | null;
  account_id: string | null;
  account_name: string | null;
  decided_at: Date;
  expected: number;
  touched: Generated<number>;
  finished_at: Date | null;
}

export interface DeskTallyTable {
  letter_id: string;
  pending: Generated<number>;
  held: Generated<number>;
  refused: Generated<number>;
  withdrawn: Generated<number>;
  lane: number;
}

export interface DomainCheckTable {
  id: GeneratedAlways<number>;
  signature_id: string;
  domain: string;
  at: Date;
  dns: string | null;
  file: string | null;
}

export interface DraftTable {
  letter_id: string;
  stage: "drafting" | "circulating" | "published";
  document: unknown;
  edition: number;
  created_at: Date;
  created_by: string | null;
  saved_at: Date;
  saved_by: string | null;
  discarded_at: Date | null;
}

export interface DraftEditionTable {
  letter_id: string;
  edition: number;
  document: unknown;
  original_hash: string;
  saved_at: Date;
  saved_by: string | null;
}

export interface DraftRevisionTable {
  letter_id: string;
  number: number;
  document: unknown;
  note: Generated<string>;
  frozen_at: Date;
  frozen_by: string | null;
  published_as: number | null;
  covers: Generated<number[]>;
}

export interface EmbargoLinkTable {
  id: string;
  token_hash: Buffer;
  token_sealed: Buffer | null;
  letter_id: string;
  recipient: string | null;
  email_sealed: Buffer | null;
  language: string;
  created_at: Date;
  created_by: string | null;
  undeliverable_at: Date | null;
  revoked_at: Date | null;
}

export interface EvidenceTable {
  id: GeneratedAlways<number>;
  signature_id: string;
  kind: "address" | "dns" | "file" | "organisers" | "orcid";
  detail: string | null;
  show_detail: boolean;
  note: string | null;
  at: Date;
  actor: "signatory" | "account" | "system";
  account_id: string | null;
  removed_at: Date | null;
  removed_by: "signatory" | "account" | "system" | null;
  removed_account_id: string | null;
  reason: string | null;
}

export interface FacetCountTable {
  facet: string;
  letters: number;
}

export interface FormNetworkTable {
  network: Buffer;
  since: Date;
  forms: number;
}

export interface FormerSlugTable {
  slug: string;
  letter_id: string;
}

export interface ImportUploadTable {
  id: string;
  letter_id: string;
  uploaded_by: string;
  created_at: Date;
  file_name: string | null;
  sealed: Buffer;
  encoding: string;
  delimiter: string;
  plan: unknown | null;
}

export interface ImportWaitingTable {
  signature_id: string;
  import_id: string;
  due_at: Date;
}

export interface InitiatorTable {
  letter_id: string;
  position: number;
  name: string;
}

export interface InvitationTable {
  id: string;
  token_hash: Buffer;
  role: "owner" | "editor" | "moderator" | "partner";
  email_sealed: Buffer | null;
  email_hash: Buffer | null;
  language: string;
  letter_id: string | null;
  invited_by: string | null;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
  undeliverable_at: Date | null;
}

export interface InviteeTable {
  id: string;
  letter_id: string;
  account_id: string | null;
  name: string | null;
  organisation: string | null;
  email_sealed: Buffer | null;
  email_hash: Buffer | null;
  language: string;
  invited_at: Date;
  invited_by: string | null;
  opened_at: Date | null;
  declined_at: Date | null;
  declined_word: string | null;
  revoked_at: Date | null;
  undeliverable_at: Date | null;
  answers_told_at: Date | null;
  erased_at: Date | null;
}

export interface InviteeLinkTable {
  hash: Buffer;
  invitee_id: string;
  created_at: Date;
  expires_at: Date | null;
}

export interface InviteeReminderTable {
  invitee_id: string;
  deadline: Date;
  days: number;
  at: Date;
}

export interface KnownWordTable {
  word: string;
}

export interface LetterTable {
  id: string;
  slug: string;
  kind: "open-letter" | "letter" | "joint-statement" | "declaration";
  publisher_role: "author" | "co-author" | "signatory" | "supporter" | "affiliate" | null;
  state: "archived" | "invited" | "open" | "closed";
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

export interface LetterModerationTable {
  letter_id: string;
  hold_people: boolean;
  hold_organisations: boolean;
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

export interface LogBundleTable {
  index: number;
  entries: Buffer;
}

export interface LogContradictionTable {
  witness: string;
  found: "witness-ahead" | "witness-differs";
  size: number;
  stored: number;
  since: Generated<Date>;
}

export interface LogHaltTable {
  only: Generated<boolean>;
  size: number;
  why: string;
  since: Generated<Date>;
}

export interface LogLetterTable {
  letter_id: string;
  entries: number;
  active: number;
  revision: string;
  closed: boolean;
  changed: Generated<string>;
}

export interface LogQueueTable {
  id: GeneratedAlways<number>;
  letter_id: string;
  signature_id: string | null;
  event: unknown;
}

export interface LogRemovalTable {
  index: number;
  target: number;
}

export interface LogRevisionTable {
  letter_id: string;
  number: number;
  index: number;
}

export interface LogSignatureTable {
  signature_id: string;
  letter_id: string;
  s: number;
  index: number;
  withdrawn: Generated<boolean>;
  erased: Generated<boolean>;
}

export interface LogStateTable {
  only: Generated<boolean>;
  key: string;
  size: number;
  root: Buffer;
  checkpoint: string;
  published: string;
  grown_at: Date | null;
}

export interface LogTileTable {
  level: number;
  index: number;
  hashes: Buffer;
}

export interface LogWitnessTable {
  name: string;
  size: number;
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

export interface PartnerLetterTable {
  account_id: string;
  letter_id: string;
  invited_at: Date;
}

export interface PasskeyTable {
  id: string;
  account_id: string;
  name: string;
  credential_id: Buffer;
  public_key: Buffer;
  sign_count: number;
  transports: string[];
  created_at: Date;
  last_used_at: Date | null;
}

export interface PasskeyChallengeTable {
  hash: Buffer;
  browser_hash: Buffer;
  account_id: string | null;
  expires_at: Date;
}

export interface PublicationPlanTable {
  letter_id: string;
  opens: boolean;
  closes_on: string | null;
  slug: string | null;
}

export interface PublicationScheduleTable {
  id: string;
  letter_id: string;
  draft: number;
  at: Date;
  time_zone: string;
  opens: boolean;
  closes_on: string | null;
  slug: string | null;
  made_at: Date;
  made_by: string | null;
  state: "waiting" | "published" | "cancelled" | "failed";
  failure: string[] | null;
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
  affiliation: string | null;
  role: string | null;
  country: string | null;
  signed_elsewhere: number | null;
  name_folded: string;
  import_id: string | null;
}

export interface RetentionTable {
  since: Date;
  confirm_days: number;
  pending_days: number;
  withdrawn_days: number;
}

export interface RevisionTable {
  letter_id: string;
  number: number;
  created_at: Date;
  manifest_hash: Buffer | null;
}

export interface SessionTable {
  id: string;
  token_hash: Buffer;
  account_id: string;
  device: string;
  created_at: Date;
  last_used_at: Date;
  proved_at: Date;
  ends_at: Date;
}

export interface SignInFailureTable {
  id: GeneratedAlways<number>;
  shown_hash: Buffer;
  at: Date;
}

export interface SignInLinkTable {
  id: string;
  token_hash: Buffer;
  account_id: string;
  browser_hash: Buffer;
  next: string | null;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

export interface SignOnTable {
  id: string;
  place: GeneratedAlways<number>;
  letter_id: string;
  invitee_id: string;
  draft: number;
  at: Date;
  kind: "person" | "organisation";
  name: string;
  affiliation: string | null;
  role: string | null;
  website: string | null;
  representative: string | null;
  country: string;
  show: boolean;
  language: string;
  condition: string | null;
  outcome: "met" | "declined" | null;
  outcome_word: string | null;
  outcome_at: Date | null;
  outcome_by: string | null;
  withdrawn_at: Date | null;
  signature_id: string | null;
  found_good_at: Date | null;
}

export interface SignatureTable {
  id: string;
  letter_id: string;
  revision: number;
  kind: "person" | "organisation";
  state: "pending" | "held" | "accepted" | "refused" | "withdrawn";
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
  withdrawn_at: Date | null;
  erased_at: Date | null;
  held_at: Date | null;
  refused_at: Date | null;
  decision_id: string | null;
  import_id: string | null;
  signed_elsewhere: number | null;
  has_evidence: Generated<boolean>;
  text_signed_at: Date | null;
}

export interface SignatureChangeTable {
  id: GeneratedAlways<number>;
  signature_id: string;
  at: Date;
  change: "accepted" | "corrected" | "withdrawn" | "restored" | "erased" | "undeliverable" | "held" | "refused" | "asked-again" | "signed-again";
  actor: "signatory" | "system" | "desk";
  reason: string | null;
  decision_id: string | null;
}

export interface SignatureHoldTable {
  signature_id: string;
  reasons: string[];
  watched: string | null;
  domain_hash: Buffer;
  owner_hash: Buffer | null;
  cleared_at: Date | null;
}

export interface SignatureImportTable {
  id: string;
  letter_id: string;
  mode: "ask" | "report";
  imported_by: string;
  created_at: Date;
  file_name: string | null;
  entered: number;
  left_out: number;
  asked: Generated<number>;
  pending: Generated<number>;
  confirmed: Generated<number>;
  denied: Generated<number>;
  undeliverable: Generated<number>;
  lapsed: Generated<number>;
  taken_back_at: Date | null;
  taken_back: Generated<number>;
}

export interface SignatureSecretTable {
  signature_id: string;
  master_sealed: Buffer;
  owner_hash: Buffer;
  salt_name: Buffer;
  salt_affiliation: Buffer;
  email_commitment: Buffer;
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
  languages: Generated<string[]>;
  privacy: Generated<string>;
  accent: string | null;
  logo_named: Generated<boolean>;
  logo: string | null;
  logo_dark: string | null;
  contact: string | null;
}

export interface SiteImageTable {
  hash: string;
  type: "image/png" | "image/jpeg" | "image/webp";
  width: number;
  height: number;
  bytes: Buffer;
  added_at: Date;
}

export interface SiteWordsTable {
  language: string;
  name: string;
  heading: string;
  tagline: string;
  privacy: string;
}

export interface TallyTable {
  letter_id: string;
  people: Generated<number>;
  organisations: Generated<number>;
  unnamed: Generated<number>;
  changed: Generated<string>;
  reported: Generated<number>;
}

export interface TallyCountryTable {
  letter_id: string;
  country: string;
  people: number;
  organisations: number;
}

export interface TallyDayTable {
  letter_id: string;
  day: string;
  people: number;
  organisations: number;
  unnamed: number;
}

export interface TallyRevisionTable {
  letter_id: string;
  revision: number;
  people: number;
  organisations: number;
}

export interface TextRequestTable {
  letter_id: string;
  revision: number;
  at: Date;
  asked: Generated<number>;
  reached: string | null;
  reached_at: Date | null;
  ended_at: Date | null;
}

export interface TopicNameTable {
  topic: string;
  name: string;
  language: string;
}

export interface TranslationTable {
  letter_id: string;
  revision: number;
  language: string;
  title: string;
  summary: Generated<string>;
  body: string | null;
}

export interface WatchedNameTable {
  words: string;
  name: string;
  keys: string[];
}

export interface Schema {
  account: AccountTable;
  act: ActTable;
  address_proof: AddressProofTable;
  addressee: AddresseeTable;
  circulation: CirculationTable;
  circulation_event: CirculationEventTable;
  circulation_follower: CirculationFollowerTable;
  circulation_news: CirculationNewsTable;
  comment: CommentTable;
  comment_change: CommentChangeTable;
  correction: CorrectionTable;
  decision: DecisionTable;
  desk_tally: DeskTallyTable;
  domain_check: DomainCheckTable;
  draft: DraftTable;
  draft_edition: DraftEditionTable;
  draft_revision: DraftRevisionTable;
  embargo_link: EmbargoLinkTable;
  evidence: EvidenceTable;
  facet_count: FacetCountTable;
  form_network: FormNetworkTable;
  former_slug: FormerSlugTable;
  import_upload: ImportUploadTable;
  import_waiting: ImportWaitingTable;
  initiator: InitiatorTable;
  invitation: InvitationTable;
  invitee: InviteeTable;
  invitee_link: InviteeLinkTable;
  invitee_reminder: InviteeReminderTable;
  known_word: KnownWordTable;
  letter: LetterTable;
  letter_index: LetterIndexTable;
  letter_moderation: LetterModerationTable;
  letter_organisation: LetterOrganisationTable;
  letter_place: LetterPlaceTable;
  letter_topic: LetterTopicTable;
  log_bundle: LogBundleTable;
  log_contradiction: LogContradictionTable;
  log_halt: LogHaltTable;
  log_letter: LogLetterTable;
  log_queue: LogQueueTable;
  log_removal: LogRemovalTable;
  log_revision: LogRevisionTable;
  log_signature: LogSignatureTable;
  log_state: LogStateTable;
  log_tile: LogTileTable;
  log_witness: LogWitnessTable;
  mail_block: MailBlockTable;
  mail_sent: MailSentTable;
  mailbox: MailboxTable;
  migration: MigrationTable;
  partner_letter: PartnerLetterTable;
  passkey: PasskeyTable;
  passkey_challenge: PasskeyChallengeTable;
  publication_plan: PublicationPlanTable;
  publication_schedule: PublicationScheduleTable;
  reported_count: ReportedCountTable;
  reported_signatory: ReportedSignatoryTable;
  retention: RetentionTable;
  revision: RevisionTable;
  session: SessionTable;
  sign_in_failure: SignInFailureTable;
  sign_in_link: SignInLinkTable;
  sign_on: SignOnTable;
  signature: SignatureTable;
  signature_change: SignatureChangeTable;
  signature_hold: SignatureHoldTable;
  signature_import: SignatureImportTable;
  signature_secret: SignatureSecretTable;
  signature_token: SignatureTokenTable;
  site: SiteTable;
  site_image: SiteImageTable;
  site_words: SiteWordsTable;
  tally: TallyTable;
  tally_country: TallyCountryTable;
  tally_day: TallyDayTable;
  tally_revision: TallyRevisionTable;
  text_request: TextRequestTable;
  topic_name: TopicNameTable;
  translation: TranslationTable;
  watched_name: WatchedNameTable;
}
