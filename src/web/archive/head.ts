/** What pages say of themselves in their head: other languages, Open Graph, JSON-LD. */
import { type Html, html, raw } from "../../foundation/html.ts";
import type { SiteImage } from "../../letters/site.ts";
import { withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";

/** The same page in every language that the site offers; x-default is the one that follows the reader's browser. */
export function languageVersions(page: PageContext, path: string): { hreflang: string; path: string }[] {
  if (page.languages.length === 1) return [];
  const joined = (language: string) => {
    const [base, query = ""] = path.split("?") as [string, string?];
    return withQuery(base, { ...Object.fromEntries(new URLSearchParams(query)), lang: language });
  };
  return [
    ...page.languages.map((language) => ({ hreflang: language, path: joined(language) })),
    { hreflang: "x-default", path },
  ];
}

/** Open Graph (ogp.me). Its image is the site's logo; where there is none, no image says more than the words. */
export function openGraph(
  page: PageContext,
  about: {
    type: "website" | "article";
    title: string;
    description: string;
    path: string;
    published?: string;
  },
): Html {
  const properties: [string, string][] = [
    ["og:type", about.type],
    ["og:site_name", page.site.name],
    ["og:title", about.title],
    ["og:url", page.absolute(page.link(about.path))],
    ["og:locale", openGraphLocale(page.t.formattingTag)],
    ...(about.description ? [["og:description", about.description] as [string, string]] : []),
    ...(about.published ? [["article:published_time", about.published] as [string, string]] : []),
    ...(page.site.logo ? openGraphImage(page, page.site.logo.image) : []),
  ];
  return html`${properties.map(([property, content]) => html`<meta property="${property}" content="${content}">\n`)}<meta name="twitter:card" content="summary">`;
}

/** A language with its territory, as Open Graph writes it: "en_GB". */
function openGraphLocale(tag: string): string {
  const { language, region } = new Intl.Locale(tag).maximize();
  return `${language}_${region}`;
}

function openGraphImage(page: PageContext, image: SiteImage): [string, string][] {
  return [
    ["og:image", page.absolute(page.image(image))],
    ["og:image:type", image.type],
    ["og:image:width", String(image.width)],
    ["og:image:height", String(image.height)],
    ["og:image:alt", page.site.name],
  ];
}

/** Structured data for machines (schema.org). A data block is not run, so the content policy lets it stand. */
export function jsonLd(data: object): Html {
  const text = JSON.stringify({ "@context": "https://schema.org", ...data }).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return raw(`<script type="application/ld+json">${text}</script>`);
}

/** A <link rel="alternate"> to the same matter in another form. */
export function alternate(page: PageContext, type: string, path: string, title?: string): Html {
  return html`<link rel="alternate" type="${type}"${title && html` title="${title}"`} href="${page.link(path)}">`;
}
