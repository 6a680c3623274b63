/** What a mail says, before it becomes text and HTML: both are made from these parts, so they say the same. */
import type { Translator } from "../foundation/i18n.ts";

/** The messages that this site sends. */
export const templateNames = ["confirm", "already-signed", "receipt"] as const;
export type TemplateName = (typeof templateNames)[number];

export type MailPart =
  | { readonly say: string }
  /** The letter's title, set apart, in the title's own language. */
  | { readonly title: string; readonly language: string }
  /** A whole URL; `aside` where it is not what the mail is for. */
  | { readonly link: string; readonly label: string; readonly aside?: true }
  | { readonly small: string };

export interface MailContent {
  readonly subject: string;
  readonly parts: readonly MailPart[];
  /** Where the recipient stops such mail: answers a POST of one click (RFC 8058). Absent where it does not apply. */
  readonly unsubscribe?: string;
}

/** What a mail is about, as it stands at the moment of sending. */
export interface MailMatter {
  readonly address: string;
  /** The name under the letter; null as long as the owner of the address has not confirmed it. */
  readonly name: string | null;
  readonly shown: boolean;
  readonly updates: boolean;
  readonly letter: { readonly slug: string; readonly title: string; readonly titleLanguage: string };
  /** The publisher's name for its site. */
  readonly site: string;
  readonly signedAt: Date | null;
  /** The end of the link's life; null where it has none. */
  readonly until: Date | null;
}

/** What a template writes with: words, the token of the link, and whole URLs in the recipient's language. */
export interface MailPen {
  readonly t: Translator;
  readonly token: string;
  url(path: string): string;
  readonly host: string;
}

export type Template = (pen: MailPen, matter: MailMatter) => MailContent;
