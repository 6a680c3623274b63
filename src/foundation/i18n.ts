/**
 * Words, numbers and dates in the reader's language. All wording lives in locales/, one file a language,
 * as ICU MessageFormat; English is the measure of which keys exist (test/rooms/locales.test.ts).
 */
import { IntlMessageFormat } from "intl-messageformat";
import ar from "../../locales/ar.json" with { type: "json" };
import en from "../../locales/en.json" with { type: "json" };
import es from "../../locales/es.json" with { type: "json" };
import fr from "../../locales/fr.json" with { type: "json" };
import { type Content, type Html, html, raw } from "./html.ts";
import { formatPartialDate, type PartialDate } from "./partial-date.ts";

/** The languages of the interface, as BCP 47 tags. */
export const languages = ["en", "fr", "es", "ar"] as const;
export type Language = (typeof languages)[number];

/** A key of locales/en.json. */
export type MessageKey = keyof typeof en;

/** What a message may be given: text, numbers, finished HTML (in html() only), or a function that wraps a tag's content. */
export type Value = string | number | Html | ((chunks: Html) => Html);
export type Values = Readonly<Record<string, Value>>;

const messages: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, fr, es, ar };

/** The tag by which numbers, dates and lists are formatted: Arabic with its own digits, English with the day first. */
const formatting: Readonly<Record<Language, string>> = { en: "en-GB", fr: "fr", es: "es", ar: "ar-EG" };

const rightToLeft = new Set(["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"]);

/** The writing direction of any language tag. */
export function directionOf(language: string): "ltr" | "rtl" {
  return rightToLeft.has(language.split("-")[0]!.toLowerCase()) ? "rtl" : "ltr";
}

/** Whether the interface speaks this language. */
export function isLanguage(tag: string | undefined): tag is Language {
  return languages.includes(tag as Language);
}

/** A language's name in itself, such as "Français"; the tag where no name is known. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: "language", fallback: "code" }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

/**
 * Chooses the interface's language.
 * @param query the value of ?lang=, which wins when it is offered
 * @param acceptLanguage the header (RFC 9110 section 12.5.4); whatever is malformed in it counts for nothing
 * @param offered the languages to choose among, the default first
 * @returns the language, and whether the reader asked for it by ?lang= (links then carry it on)
 */
export function negotiateLanguage(
  query: string | undefined,
  acceptLanguage: string | undefined,
  offered: readonly Language[] = languages,
): { language: Language; explicit: boolean } {
  const speaks = (tag: string | undefined): tag is Language => offered.includes(tag as Language);
  if (speaks(query)) return { language: query, explicit: true };
  let best = offered[0]!;
  let highest = 0;
  for (const range of (acceptLanguage ?? "").split(",", 50)) {
    const [, tag, weight = "1"] =
      /^\s*([a-z]{1,8})(?:-[a-z0-9]{1,8})*\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i.exec(range) ??
      [];
    const language = tag?.toLowerCase();
    if (speaks(language) && Number(weight) > highest) {
      best = language;
      highest = Number(weight);
    }
  }
  return { language: best, explicit: false };
}

/** Speaks one language. Instants are shown in UTC. */
export interface Translator {
  readonly language: Language;
  /** A message as plain text. */
  text(key: MessageKey, values?: Readonly<Record<string, string | number>>): string;
  /** A message as HTML: its words and values escaped, its tags filled by functions. */
  html(key: MessageKey, values?: Values): Html;
  /** The tag by which numbers and dates are formatted. */
  readonly formattingTag: string;
  /** The messages under certain keys as they stand in the file, for a script that fills them itself. */
  messages(keys: RegExp): Readonly<Record<string, string>>;
  /** Whether a key made at run time, such as `topic.${slug}`, exists. */
  has(key: string): key is MessageKey;
  number(value: number): string;
  /** "a, b and c" in the language's own way. */
  list(items: readonly string[]): string;
  listHtml(items: readonly Html[]): Html;
  /** A partial date at its own precision, or the day of an instant. */
  date(value: PartialDate | Date): string;
  /** Day and minute of an instant, with its zone: "24 November 2026 at 09:12 UTC". */
  dateTime(value: Date): string;
  /** Day and minute of an instant by the clocks of a named time zone, without its name: "24 November 2026 at 10:12". */
  dateTimeIn(value: Date, timeZone: string): string;
}

function makeTranslator(language: Language): Translator {
  const words = messages[language];
  const tag = formatting[language];
  const compiled = new Map<string, IntlMessageFormat>();
  const numbers = new Intl.NumberFormat(tag);
  const lists = new Intl.ListFormat(tag, { type: "conjunction" });
  const instants = new Intl.DateTimeFormat(tag, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "UTC",
  });

  function message(key: string): IntlMessageFormat {
    let format = compiled.get(key);
    if (!format) {
      const text = words[key] ?? en[key as MessageKey];
      if (text === undefined) throw new Error(`no message ${key}`);
      format = new IntlMessageFormat(text, tag);
      compiled.set(key, format);
    }
    return format;
  }

  return {
    language,
    formattingTag: tag,
    messages: (keys) => Object.fromEntries(Object.entries(words).filter(([key]) => keys.test(key))),
    has: (key): key is MessageKey => key in words,
    text: (key, values) => String(message(key).format(values)),
    html(key, values = {}) {
      const filled = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          typeof value === "function" ? (chunks: Content[]) => value(html`${chunks}`) : value,
        ]),
      );
      const parts = message(key).format<Html>(filled as never) as Content | Content[];
      return html`${parts}`;
    },
    number: (value) => numbers.format(value),
    list: (items) => lists.format(items),
    listHtml: (items) =>
      html`${lists
        .formatToParts(items.map((_, index) => String(index)))
        .map((part) => (part.type === "element" ? items[Number(part.value)] : part.value))}`,
    date: (value) =>
      formatPartialDate(
        value instanceof Date
          ? { year: value.getUTCFullYear(), month: value.getUTCMonth() + 1, day: value.getUTCDate() }
          : value,
        language,
      ),
    dateTime: (value) => `${instants.format(value)} UTC`,
    dateTimeIn: (value, timeZone) =>
      new Intl.DateTimeFormat(tag, { dateStyle: "long", timeStyle: "short", timeZone }).format(value),
  };
}

const translators = new Map<Language, Translator>();

/** The translator of a language, made once. */
export function translator(language: Language): Translator {
  let found = translators.get(language);
  if (!found) {
    found = makeTranslator(language);
    translators.set(language, found);
  }
  return found;
}

/** Text with a direction of its own inside other text, such as a name in another script. */
export function isolated(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

/** An address of mail or web, left to right in any text. */
export function leftToRight(address: Content): Html {
  return html`<bdi dir="ltr">${address}</bdi>`;
}

/** An empty piece of HTML. */
export const nothing: Html = raw("");
