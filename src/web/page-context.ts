/** Makes the page context of a request. */
import { negotiateLanguage, translator } from "../foundation/i18n.ts";
import type { Deps, PageContext, Site } from "./deps.ts";

/** Sets or removes a name in the query of a path; the fragment stays at the end. */
function withLanguage(path: string, language: string | undefined): string {
  const url = new URL(path, "http://site.invalid");
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
  site: Site,
  url: string,
  acceptLanguage: string | undefined,
): PageContext {
  const { pathname, search, searchParams } = new URL(url);
  const { language, explicit } = negotiateLanguage(searchParams.get("lang") ?? undefined, acceptLanguage);
  return {
    t: translator(language),
    language,
    explicitLanguage: explicit,
    link: (path) => (explicit ? withLanguage(path, language) : path),
    absolute: (path) => deps.config.siteUrl.origin + path,
    site,
    siteUrl: deps.config.siteUrl,
    path: withLanguage(pathname + search, undefined),
    assets: deps.assets,
    production: deps.config.production,
  };
}

/** The same page in another language, for language switches and hreflang. */
export function inLanguage(path: string, language: string): string {
  return withLanguage(path, language);
}
