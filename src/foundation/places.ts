/**
 * Places: ISO 3166-1 countries, ISO 3166-2 subdivisions, UN M.49 regions, and the European Union. A place is held by
 * others, so that a letter to the EU is found under Europe.
 */
import { isLanguage, translator } from "./i18n.ts";
import { holders } from "./places-data.ts";

const country = /^[A-Z]{2}$/;
const subdivision = /^([A-Z]{2})-[A-Z0-9]{1,3}$/;

/** The whole world, in which every place lies. */
const world = "001";

/** Whether a code names a place that we know. Of subdivisions, any with a known country. */
export function isPlace(code: string): boolean {
  const within = subdivision.exec(code)?.[1];
  return code === world || code in holders || (within !== undefined && within in holders);
}

/** The place itself, and every place that holds it, the nearest first: "US-CA" → US-CA, US, 021, 019, 001. */
export function placesHolding(code: string): string[] {
  const found = [code];
  for (const place of found) {
    const next = subdivision.exec(place)?.[1] ?? holders[place] ?? "";
    for (const holder of next.split(" ")) if (holder && !found.includes(holder)) found.push(holder);
  }
  // The world holds all, and comes last.
  return [...found.filter((place) => place !== world), world];
}

/**
 * A place's name in a language: our own where we have one (`place.<code>` in locales/), otherwise that of Unicode CLDR;
 * for a subdivision without a name its code with the country's name.
 */
export function placeName(code: string, language: string): string {
  const t = translator(isLanguage(language) ? language : "en");
  const key = `place.${code}`;
  if (t.has(key)) return t.text(key);
  const within = subdivision.exec(code)?.[1];
  if (within) return `${code} (${placeName(within, language)})`;
  return namesIn(language).of(code) ?? code;
}

/** ISO 3166-1 alpha-2 codes of all countries and territories. */
export const countryCodes: readonly string[] = Object.keys(holders).filter(
  (code) => country.test(code) && code !== "EU",
);

const cache = new Map<string, Intl.DisplayNames>();

function namesIn(language: string): Intl.DisplayNames {
  let names = cache.get(language);
  if (!names) {
    names = new Intl.DisplayNames([language], { type: "region" });
    cache.set(language, names);
  }
  return names;
}
