/** Which text search configuration a language uses (migrations/0003_search.sql). Pure. */
const configurations: Readonly<Record<string, string>> = {
  ar: "arabic",
  ca: "catalan",
  da: "danish",
  de: "german",
  el: "greek",
  en: "english",
  es: "spanish",
  eu: "basque",
  fi: "finnish",
  fr: "french",
  ga: "irish",
  hi: "hindi",
  hu: "hungarian",
  hy: "armenian",
  id: "indonesian",
  it: "italian",
  lt: "lithuanian",
  nb: "norwegian",
  ne: "nepali",
  nl: "dutch",
  nn: "norwegian",
  no: "norwegian",
  pt: "portuguese",
  ro: "romanian",
  ru: "russian",
  sr: "serbian",
  sv: "swedish",
  ta: "tamil",
  tr: "turkish",
  yi: "yiddish",
};

/** The configuration of languages without a stemmer, and of names. */
export const simpleConfiguration = "undersigned_simple";

/**
 * @param language a BCP 47 tag; regions and scripts do not matter
 * @returns the configuration's name, to be cast to regconfig
 */
export function searchConfiguration(language: string): string {
  const name = configurations[language.toLowerCase().split("-")[0]!];
  return name ? `undersigned_${name}` : simpleConfiguration;
}
