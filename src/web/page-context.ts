/** Makes the page context of a request. */
import { type Language, languages, negotiateLanguage, translator } from "../foundation/i18n.ts";
import { wordsIn } from "../letters/site.ts";
import { routes } from "../routes.ts";
import { imagePath } from "./brand.ts";
import type { Deps, PageContext, PageSite, WholeSite } from "./deps.ts";

/** Sets or removes a name in the query of a path; the fragment stays at the end. */
function withLanguage(path: string, language: string | undefined): string {
  // Two slashes at the beginning would make the next part a host.
  const url = new URL(path.replace(/^\/+/, "/"), "http://site.invalid");
  url.searchParams.delete("lang");
  if (language) url.searchParams.set("lang", language);
  return url.pathname + url.search + url.hash;
}

/**
 * @param url the request's URL, whole
 * @param acceptLanguage the request's header
 */
export function pageContext(
  deps: Pick<Deps, "config" | "assets">,
  site: WholeSite,
  url: string,
  acceptLanguage: string | undefined,
): PageContext {
  const { pathname, search, searchParams } = new URL(url);
  const offered = languagesOf(site, pathname);
  const { language, explicit } = negotiateLanguage(
    searchParams.get("lang") ?? undefined,
    acceptLanguage,
    offered,
  );
  return {
    t: translator(language),
    language,
    languages: offered,
    explicitLanguage: explicit,
    link: (path) => (explicit ? withLanguage(path, language) : path),
    absolute: (path) => deps.config.siteUrl.origin + path,
    site: siteIn(site, language),
    siteUrl: deps.config.siteUrl,
    sourceUrl: deps.config.sourceUrl,
    image: imagePath,
    path: withLanguage(pathname + search, undefined),
    assets: deps.assets,
    production: deps.config.production,
  };
}

/** Readers are offered what the owner chose; the people of the desk, all that the interface speaks. */
function languagesOf(site: WholeSite, path: string): readonly Language[] {
  const desk = path === routes.desk() || path.startsWith(`${routes.desk()}/`);
  return desk
    ? [site.languages[0]!, ...languages.filter((language) => language !== site.languages[0])]
    : site.languages;
}

/** The site with its words in a language. */
export function siteIn({ words, ...site }: WholeSite, language: Language): PageSite {
  const privacyLanguage = words[language]?.privacy ? language : site.languages[0]!;
  return { ...site, ...wordsIn({ ...site, words }, language), privacyLanguage };
}

/** The same page in another language, for language switches and hreflang. */
export function inLanguage(path: string, language: string): string {
  return withLanguage(path, language);
}
