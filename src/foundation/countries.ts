/** Countries, as a form offers them. */
import { countryCodes, placeName } from "./places.ts";

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly name: string;
}

const known = new Set(countryCodes);
const sorted = new Map<string, readonly Country[]>();

/** Whether a code names a country or territory. */
export function isCountry(code: string): boolean {
  return known.has(code);
}

/** All countries and territories with their names in a language, in that language's order. */
export function countries(language: string): readonly Country[] {
  let list = sorted.get(language);
  if (!list) {
    const { compare } = new Intl.Collator(language);
    list = countryCodes
      .map((code) => ({ code, name: placeName(code, language) }))
      .sort((a, b) => compare(a.name, b.name));
    sorted.set(language, list);
  }
  return list;
}
