/** The site as search engines take it in: an index and its parts (sitemaps.org 0.9), each page in all languages. Pure. */
import { routes, withQuery } from "../routes.ts";
import { type Xml, xml } from "./xml.ts";

/** A page and when it last changed. */
export interface Listed {
  readonly path: string;
  readonly updatedAt?: Date;
}

interface Where {
  /** Makes a path of this site absolute. */
  readonly absolute: (path: string) => string;
  readonly languages: readonly string[];
}

/** The index of so many parts. */
export function sitemapIndex(parts: number, { absolute }: Where): Xml {
  const numbers = Array.from({ length: parts }, (_, index) => index + 1);
  return xml`<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${numbers.map(
  (part) => xml`<sitemap><loc>${absolute(routes.sitemapPart(part))}</loc></sitemap>
`,
)}</sitemapindex>
`;
}

/** One part: each page once, with its versions in other languages beside it. */
export function sitemapPart(pages: readonly Listed[], where: Where): Xml {
  return xml`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${pages.map((page) => listedPage(page, where))}</urlset>
`;
}

function listedPage({ path, updatedAt }: Listed, { absolute, languages }: Where): Xml {
  const version = (language: string, to: string) =>
    xml`<xhtml:link rel="alternate" hreflang="${language}" href="${absolute(to)}"/>`;
  const versions = [
    ...languages.map((language) => version(language, withQuery(path, { lang: language }))),
    version("x-default", path),
  ];
  return xml`<url><loc>${absolute(path)}</loc>${
    updatedAt && xml`<lastmod>${updatedAt.toISOString().slice(0, 10)}</lastmod>`
  }${languages.length > 1 ? versions : undefined}</url>
`;
}
