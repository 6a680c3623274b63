/** What stands in the cells of a list, in the languages of the interface and German: kinds, yes and no, countries; dates. Pure. */
import { countries, isCountry } from "../../foundation/countries.ts";
import { fold } from "../../foundation/fold.ts";
import { languages } from "../../foundation/i18n.ts";
import { makePartialDate, type PartialDate, parsePartialDate } from "../../foundation/partial-date.ts";
import { countryCodes } from "../../foundation/places.ts";
import { parseWrittenDate } from "../../foundation/written-date.ts";
import type { SignatoryKind } from "../../letters/letter.ts";

const people =
  /\b(?:person|people|individual|individu|citizen|private|privatperson|einzelperson|particulier|personne|citoyen|persona|individuo|individual|ciudadano|ciudadana)/u;
const organisations =
  /\b(?:organi[sz]ation|org|ngo|non-profit|nonprofit|association|institution|company|foundation|union|verein|verband|stiftung|unternehmen|gewerkschaft|collectif|ong|entreprise|fondation|organizacion|asociacion|empresa|fundacion|sindicato)/u;
const arabicPerson = /فرد|شخص|مواطن/u;
const arabicOrganisation = /منظم|جمعي|مؤسس|شرك|نقاب/u;

/** What comes before brackets, a pause, or what it is not: "individual" of "Individual (not an organisation)". */
const leading =
  /^.*?(?=[(,;:–—،؛]|\s-\s|(?<!\p{L})(?:not|no|non|without|pas|sans|sin|لا|ليس|ليست|بدون|دون|غير)\s|$)/u;

/** "Individual", "Organización", "فرد". On behalf of an organisation is an organisation. What stands first decides. */
export function readKind(text: string): SignatoryKind | undefined {
  const folded = fold(text);
  return kindIn(leading.exec(folded)?.[0] ?? "") ?? kindIn(folded);
}

function kindIn(word: string): SignatoryKind | undefined {
  if (organisations.test(word) || arabicOrganisation.test(word)) return "organisation";
  return people.test(word) || arabicPerson.test(word) ? "person" : undefined;
}

const yes =
  /^(?:y|yes|true|1|x|ok|on|public|agree|i agree|oui|vrai|d'accord|publi[ce]|si|s|verdadero|de acuerdo|publico|ja|wahr|einverstanden|offentlich|نعم|اجل|موافق|علني)(?![\p{L}\p{N}])/u;
const no =
  /^(?:n|no|not|false|0|off|private|anonymous|non|faux|prive|anonyme|falso|privado|anonimo|nein|nicht|falsch|privat|anonym|لا|كلا|غير موافق|مجهول)(?![\p{L}\p{N}])/u;

/** "Yes, show my name", "non", "لا". */
export function readYesNo(text: string): boolean | undefined {
  const word = fold(text);
  if (no.test(word)) return false;
  return yes.test(word) ? true : undefined;
}

/** Countries as people write them that no list of names has, folded. */
const alsoCalled: Readonly<Record<string, string>> = {
  uk: "GB",
  "great britain": "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  "northern ireland": "GB",
  angleterre: "GB",
  "grande-bretagne": "GB",
  inglaterra: "GB",
  "gran bretana": "GB",
  usa: "US",
  "u.s.": "US",
  "u.s.a.": "US",
  "united states of america": "US",
  america: "US",
  "etats-unis d'amerique": "US",
  "ee. uu.": "US",
  "ee.uu.": "US",
  eeuu: "US",
  holland: "NL",
  "the netherlands": "NL",
  "czech republic": "CZ",
  "republique tcheque": "CZ",
  "republica checa": "CZ",
  turkey: "TR",
  turquie: "TR",
  russia: "RU",
  "south korea": "KR",
  "ivory coast": "CI",
  "hong kong": "HK",
  macedonia: "MK",
  palestine: "PS",
  burma: "MM",
  "democratic republic of the congo": "CD",
  drc: "CD",
  grossbritannien: "GB",
  schottland: "GB",
  nordirland: "GB",
  "vereinigte staaten von amerika": "US",
  amerika: "US",
  "tschechische republik": "CZ",
  elfenbeinkuste: "CI",
  weissrussland: "BY",
  mazedonien: "MK",
  hongkong: "HK",
  moldau: "MD",
  palastina: "PS",
  الامارات: "AE",
  السعوديه: "SA",
};

let byName: ReadonlyMap<string, string> | undefined;

const german = new Intl.DisplayNames(["de"], { type: "region" });

/** A country by its code, or its name in a language of the interface or in German. @returns ISO 3166-1 alpha-2 */
export function readCountry(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  if (isCountry(code)) return code;
  byName ??= new Map([
    ...languages.flatMap((language) =>
      countries(language).map((country): [string, string] => [fold(country.name), country.code]),
    ),
    ...countryCodes.map((code): [string, string] => [fold(german.of(code)!), code]),
    ...Object.entries(alsoCalled),
  ]);
  const name = fold(text);
  return byName.get(name) ?? byName.get(name.replace(/^(?:the|la|le|les|el|los|die|der) |^l'/, ""));
}

/** How days and months stand in dates of numbers only. */
export const dateOrders = ["dmy", "mdy"] as const;
export type DateOrder = (typeof dateOrders)[number];

/**
 * A date, or the date in an instant as forms write it: "2026-11-24T09:00:00Z", "24/11/2026 9:00", "24 November 2026".
 * The day is the one that is written, whatever its time zone.
 */
export function readDate(text: string, order: DateOrder): PartialDate | undefined {
  const [date = ""] = text.trim().split(/[T ](?=\d{1,2}[:.h]\d\d)/, 1);
  const [, a, b, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(date) ?? [];
  if (year) {
    const [day, month] = order === "dmy" ? [a, b] : [b, a];
    return makePartialDate(Number(year), Number(month), Number(day));
  }
  const [, y, m, d] = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(date) ?? [];
  if (y) return makePartialDate(Number(y), Number(m), Number(d));
  return parsePartialDate(date) ?? parseWrittenDate(date);
}

/** The order that the dates of a column have: month first only where some date can be read in no other way. */
export function guessDateOrder(values: readonly string[]): DateOrder {
  const read = (order: DateOrder) => values.filter((value) => readDate(value, order)).length;
  return read("mdy") > read("dmy") ? "mdy" : "dmy";
}
