/** Words for results, on the server and in browsers alike. */
import { type Content, type Html, html } from "../../foundation/html.ts";
import type { MessageKey, Translator } from "../../foundation/i18n.ts";

/**
 * What shows a result speaks with: a Translator does, and so does what a page carries along for its script. Messages
 * for results hold nothing but plain arguments, so that a browser needs no reader of ICU messages.
 */
export interface Words {
  text(key: MessageKey, values?: Readonly<Record<string, string>>): string;
  html(key: MessageKey, values: Readonly<Record<string, Html | string>>): Html;
  number(value: number): string;
  dateTime(value: Date): string;
}

/** The messages that results use: those below these keys. */
export const resultKeys = /^verify\.(?:check|found|place|problem|result|skip|verdict|work)\./;

/** What a page carries along. */
export interface CarriedWords {
  /** The tag by which numbers and dates are formatted. */
  readonly tag: string;
  readonly messages: Readonly<Record<string, string>>;
}

/** The translator's words for results, to be carried along. */
export function carriedWords(t: Translator): CarriedWords {
  return { tag: t.formattingTag, messages: t.messages(resultKeys) };
}

/** Speaks with words that a page carried along. */
export function wordsOf({ tag, messages }: CarriedWords): Words {
  const numbers = new Intl.NumberFormat(tag);
  const instants = new Intl.DateTimeFormat(tag, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  const filled = <Value extends Content>(key: string, values: Readonly<Record<string, Value>>) =>
    messages[key]!.split(/\{(\w+)\}/).map((part, at) => (at % 2 === 0 ? part : values[part]!));
  return {
    text: (key, values = {}) => filled(key, values).join(""),
    html: (key, values) => html`${filled(key, values)}`,
    number: (value) => numbers.format(value),
    dateTime: (value) => `${instants.format(value)} UTC`,
  };
}
