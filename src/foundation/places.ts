/**
 * Places: ISO 3166-1 countries, ISO 3166-2 subdivisions, UN M.49 regions, and the European Union. A place is held by
 * others, so that a letter to the EU is found under Europe.
 */
import { isLanguage, translator } from "./i18n.ts";
import { holders } from "./places-data.ts";

const country = /^[A-Z]{2}$/;
const subdivision = /^([A-Z]{2})-[A-Z0-9]{1,3}$/;

/** The whole world, in which every place lies. */
export const world = "001";

/** Whether a code names a place that we know. Of subdivisions, any with a known country. */
export function isPlace(code: string): boolean {
  const within = subdivision.exec(code)?.[1];
  return code === world || (within !== "EU" && holders.has(within ?? code));
}

/**
 * The place itself and every place that holds it; none stands before one that it holds, and the world comes last:
 * "US-CA" → US-CA, US, 021, 019, 001.
 */
export function placesHolding(code: string): string[] {
  const found = new Set<string>();
  visit(code, found);
  return [...found.add(world)];
}

function visit(place: string, found: Set<string>): void {
  // A place that is met again moves behind what it holds.
  found.delete(place);
  found.add(place);
  const next = subdivision.exec(place)?.[1] ?? holders.get(place);
  for (const holder of next?.split(" ") ?? []) visit(holder, found);
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

/**
 * Every place that has a name of its own: the world, its regions, countries and territories, and the subdivisions that
 * we have names for (in locales/).
 */
export const placeCodes: readonly string[] = [
  world,
  ...holders.keys(),
  ...Object.keys(translator("en").messages(/^place\.[A-Z]{2}-/)).map((key) => key.slice("place.".length)),
];

/**
 * ISO 3166-1 alpha-2 codes of all countries and territories, and XK for Kosovo: ISO leaves that code to its users,
 * the European Union and CLDR use it so, and people there must be able to sign.
 */
export const countryCodes: readonly string[] = [...holders.keys()].filter(
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
