/** What a mail says, before it becomes text and HTML: both are made from these parts, so they say the same. */
import type { Translator } from "../foundation/i18n.ts";
import type { PartialDate } from "../foundation/partial-date.ts";

/** The messages that this site sends: about a signature, to the people of the desk, and to who may read a letter early. */
export const signatureTemplates = [
  "confirm",
  "confirm-import",
  "ask-again",
  "already-signed",
  "new-text",
  "receipt",
  "held",
  "refused",
] as const;
export const deskTemplates = ["sign-in", "invitation", "address", "address-changed"] as const;
export const embargoTemplates = ["embargo", "embargo-moved", "embargo-off", "embargo-lifted"] as const;
/** To those who are invited to a draft. */
export const circulationTemplates = [
  "draft-invitation",
  "draft-reminder",
  "draft-changed",
  "draft-condition",
  "draft-answered",
] as const;
/** To those who signed a draft and have no signature under the letter. */
export const leftOutTemplates = ["left-out"] as const;
/** To the editors who follow a circulation. */
export const newsTemplates = ["circulation-news"] as const;
export type SignatureTemplate = (typeof signatureTemplates)[number];
export type DeskTemplate = (typeof deskTemplates)[number];
export type EmbargoTemplate = (typeof embargoTemplates)[number];
export type CirculationTemplate = (typeof circulationTemplates)[number];
export type LeftOutTemplate = (typeof leftOutTemplates)[number];
export type NewsTemplate = (typeof newsTemplates)[number];
export type TemplateName =
  | SignatureTemplate
  | DeskTemplate
  | EmbargoTemplate
  | CirculationTemplate
  | LeftOutTemplate
  | NewsTemplate;

export type MailPart =
  | { readonly say: string }
  /** The letter's title, set apart, in the title's own language. */
  | { readonly title: string; readonly language: string }
  /** A whole URL; `aside` where it is not what the mail is for. */
  | { readonly link: string; readonly label: string; readonly aside?: true }
  /** What is told of several, each under its name. */
  | { readonly lines: readonly { readonly name: string; readonly text: string }[] }
  | { readonly small: string };

/** A text file that goes with a mail. */
export interface MailFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

export interface MailContent {
  readonly subject: string;
  readonly parts: readonly MailPart[];
  /** Where the recipient stops such mail: answers a POST of one click (RFC 8058). Absent where it does not apply. */
  readonly unsubscribe?: string;
  readonly file?: MailFile;
}

/** Whom a mail goes to. */
export interface Recipient {
  readonly address: string;
  /** Null as long as the owner of the address has not confirmed it. */
  readonly name: string | null;
}

/** What came after the text that was signed. */
export interface NewerTexts {
  /** The revision that was signed, and the latest. */
  readonly signed: number;
  readonly latest: number;
  /** Each with the note of its editors to readers, the latest first. */
  readonly changes: readonly { readonly revision: number; readonly at: Date; readonly note: string }[];
  /** Whether the latest can be signed. */
  readonly open: boolean;
}

/** What a mail about a signature says, as things stand at the moment of sending. */
export interface MailMatter extends Recipient {
  readonly shown: boolean;
  readonly updates: boolean;
  readonly letter: { readonly slug: string; readonly title: string; readonly titleLanguage: string };
  /** The publisher's name for its site. */
  readonly site: string;
  /** When the text that it is under was signed. */
  readonly signedAt: Date | null;
  /** The revision that it is under, where it was accepted under an earlier one. */
  readonly movedTo?: number | undefined;
  /** Where there is a newer text than the one that was signed. */
  readonly newer?: NewerTexts | undefined;
  /** When it was signed elsewhere, of a signature that the desk brought in. */
  readonly signedElsewhere: PartialDate | null;
  /** Why it was refused, where it was: a reason of signing/refusal-reasons.ts, and a sentence of the organisers. */
  readonly refusal?: {
    readonly reason:
      | "not-real"
      | "impersonation"
      | "not-authorised"
      | "duplicate"
      | "abuse"
      | "closed"
      | "other";
    readonly note: string | null;
    readonly erasedOn: Date;
  };
  /** The receipt, where the signature is in the log. */
  readonly receipt?: MailFile | undefined;
  /** The end of the link's life; null where it has none. */
  readonly until: Date | null;
}

/** What a mail to somebody of the desk says. */
export interface DeskMatter extends Recipient {
  /** What they may do there: a role of people/roles.ts. */
  readonly role: "owner" | "editor" | "moderator" | "partner";
  /** The publisher's name for its site. */
  readonly site: string;
  /** The end of the link's life. */
  readonly until: Date;
}

/** What a mail about a link to a letter under embargo says. */
export interface EmbargoMatter extends Recipient {
  readonly title: string;
  readonly titleLanguage: string;
  /** The publisher's name for its site. */
  readonly site: string;
  /** When the letter becomes public, or was to become so, and by whose clocks that was chosen. */
  readonly at: Date;
  readonly timeZone: string;
}

/** What a mail says to somebody who signed a draft and has no signature under the letter. */
export interface LeftOutMatter extends Recipient {
  /** The publisher's name for its site. */
  readonly site: string;
  readonly slug: string;
  readonly title: string;
  readonly titleLanguage: string;
  /** words: they signed others. undecided, not-met: what became of their condition. */
  readonly why: "words" | "undecided" | "not-met";
  /** The deadline, where it kept them from confirming new words. */
  readonly until: { readonly at: Date; readonly timeZone: string } | null;
  /** Whether the letter can be signed now. */
  readonly opens: boolean;
}

/** What a mail to somebody who is invited to a draft says. */
export interface CirculationMatter extends Recipient {
  /** The publisher's name for its site. */
  readonly site: string;
  /** Who invited them, as they are called at the desk; null for a partner who came by themselves. */
  readonly inviter: string | null;
  readonly title: string;
  readonly titleLanguage: string;
  /** The editors' words to all who are invited; may be empty. */
  readonly message: string;
  /** Until when signing is possible, and by whose clocks that was chosen. */
  readonly deadline: Date | null;
  readonly timeZone: string;
  /** How many days they are known after the letter is public or put aside. */
  readonly kept: number;
  /** The condition of their sign-on, where it was decided. */
  readonly condition: {
    readonly text: string;
    readonly outcome: "met" | "declined";
    readonly word: string | null;
  } | null;
}

/** What those invited to a draft do, as its editors are told. */
export const newsKinds = ["comment", "answer", "signed", "condition", "withdrawn", "declined"] as const;
export type NewsKind = (typeof newsKinds)[number];

/** What a mail about a circulation says to an editor who follows it. */
export interface NewsMatter extends Recipient {
  /** The publisher's name for its site. */
  readonly site: string;
  readonly letterId: string;
  readonly title: string;
  readonly titleLanguage: string;
  /** What was done, by whom; the name is empty once it is deleted. */
  readonly doings: readonly { readonly name: string; readonly counts: ReadonlyMap<NewsKind, number> }[];
  /** How many conditions wait for a decision, whenever they were set. */
  readonly undecided: number;
}

/** What a template writes with: words, the token of the link, and whole URLs in the recipient's language. */
export interface MailPen {
  readonly t: Translator;
  readonly token: string;
  url(path: string): string;
  readonly host: string;
  /** The address at which people reach the publisher; null where it gives none. */
  readonly contact: string | null;
}

export type Template<Matter extends Recipient = MailMatter> = (pen: MailPen, matter: Matter) => MailContent;
