/** Reads the form of the site's words and look. */
import { parseHex } from "../../../foundation/colour.ts";
import { parseEmailAddress } from "../../../foundation/email-address.ts";
import { isLanguage, type Language, languages } from "../../../foundation/i18n.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { parseLine } from "../../../foundation/text-field.ts";
import { type SiteImage, type SiteSettings, type SiteWords, siteEdition } from "../../../letters/site.ts";
import { sealGreen } from "../../accent.ts";
import type { PageContext } from "../../deps.ts";
import type { FormErrors } from "../field.ts";

/** The most characters of each. */
export const wordLimits: Readonly<Record<keyof SiteWords, number>> = {
  name: 100,
  heading: 100,
  tagline: 300,
  privacy: 20_000,
};

const emptyWords: SiteWords = { name: "", heading: "", tagline: "", privacy: "" };

/** The fields of the two pictures. */
export const pictureFields = ["logo", "logo-dark"] as const;
export type PictureField = (typeof pictureFields)[number];
export type Pictures = Readonly<Record<PictureField, SiteImage | null>>;

/** What the form shows: words as typed. */
export interface Typed {
  readonly words: Readonly<Record<Language, SiteWords>>;
  readonly languages: readonly Language[];
  readonly first: Language;
  readonly contact: string;
  readonly accent: string;
  readonly pictures: Pictures;
  readonly named: boolean;
  /** What was there when it was opened (siteEdition). */
  readonly edition: string | undefined;
}

/** The form as it stands before anything is typed. */
export function typedOf(settings: SiteSettings): Typed {
  const { words, languages: offered, accent, logo, contact } = settings;
  return {
    words: each((language) => words[language] ?? emptyWords),
    languages: offered,
    first: offered[0]!,
    contact: contact ?? "",
    accent: accent ?? sealGreen,
    pictures: { logo: logo?.image ?? null, "logo-dark": logo?.dark ?? null },
    named: logo?.named ?? false,
    edition: siteEdition(settings),
  };
}

/** Reads what was typed; the pictures are another matter (pictures.ts). */
export function readTyped(form: URLSearchParams, pictures: Pictures): Typed {
  const chosen = form.get("first") ?? undefined;
  const offered = languages.filter((language) => form.get(`language-${language}`) === "yes");
  return {
    words: each((language) => ({
      name: form.get(`${language}-name`) ?? "",
      heading: form.get(`${language}-heading`) ?? "",
      tagline: form.get(`${language}-tagline`) ?? "",
      privacy: (form.get(`${language}-privacy`) ?? "").replaceAll("\r\n", "\n"),
    })),
    languages: offered,
    first: isLanguage(chosen) ? chosen : languages[0],
    contact: (form.get("contact") ?? "").trim(),
    accent: form.get("accent") ?? sealGreen,
    pictures,
    named: form.get("logo-named") === "yes",
    edition: form.get("edition") ?? undefined,
  };
}

/** What was typed as settings; and what is wrong with it, in which case the settings are as near as can be. */
export function settingsOf(page: PageContext, typed: Typed): { settings: SiteSettings; errors: FormErrors } {
  const { t } = page;
  const { first, pictures } = typed;
  const errors: Record<string, string> = {};
  if (!typed.languages.includes(first)) errors.first = t.text("settings.error.first");
  const contact = typed.contact === "" ? undefined : parseEmailAddress(typed.contact);
  if (isProblem(contact)) errors.contact = t.text("settings.error.contact");

  const words = each((language) => {
    const read = readWords(typed.words[language]);
    for (const name of Object.keys(wordLimits) as (keyof SiteWords)[]) {
      const field = `${language}-${name}`;
      if (read[name] === undefined) errors[field] = t.text("settings.error.words", { max: wordLimits[name] });
      else if (name === "name" && read.name === "" && language === first)
        errors[field] = t.text("settings.error.name");
    }
    return { ...typed.words[language], ...defined(read) };
  });
  const accent = parseHex(typed.accent);
  if (!accent) errors.accent = t.text("settings.error.accent");
  if (pictures["logo-dark"] && !pictures.logo) errors.logo = t.text("settings.error.onlyDark");

  return {
    settings: {
      languages: [first, ...typed.languages.filter((language) => language !== first)],
      words,
      accent: !accent || accent === sealGreen ? null : accent,
      logo: pictures.logo && {
        image: pictures.logo,
        dark: pictures["logo-dark"],
        named: typed.named,
      },
      contact: !contact || isProblem(contact) ? null : contact.address,
    },
    errors,
  };
}

/** Lines in order, or undefined where one cannot be used. */
function readWords(typed: SiteWords): { readonly [name in keyof SiteWords]: string | undefined } {
  const line = (name: keyof SiteWords) => {
    const read = parseLine(typed[name], { max: wordLimits[name], urls: true });
    if (!isProblem(read)) return read;
    return read.problem === "empty" ? "" : undefined;
  };
  const privacy = typed.privacy.trim();
  const readable = privacy.length <= wordLimits.privacy && !/[^\P{Cc}\n\t]/u.test(privacy);
  return {
    name: line("name"),
    heading: line("heading"),
    tagline: line("tagline"),
    privacy: readable ? privacy : undefined,
  };
}

function defined(words: ReturnType<typeof readWords>): Partial<SiteWords> {
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== undefined));
}

function each(make: (language: Language) => SiteWords): Record<Language, SiteWords> {
  return Object.fromEntries(languages.map((language) => [language, make(language)])) as Record<
    Language,
    SiteWords
  >;
}
