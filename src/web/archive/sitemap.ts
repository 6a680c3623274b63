/** GET /sitemap.xml, /sitemap-1.xml …, /robots.txt */
import { type Listed, sitemapIndex, sitemapPart } from "../../archive/sitemap.ts";
import { countSitemapParts, lettersOfPart } from "../../archive/sitemap-parts.ts";
import { routes } from "../../routes.ts";
import type { Deps, Handler } from "../deps.ts";
import { openData } from "../headers.ts";
import { notFound } from "../respond.ts";

const form = { type: "application/xml; charset=utf-8", headers: openData };

/** The index of all parts. */
export function sendSitemap(deps: Deps): Handler {
  return async (c) => {
    const where = { absolute: c.var.page.absolute, languages: c.var.page.languages };
    const answer = await deps.pages.answer(c, { key: routes.sitemap(), ...form }, async () => {
      return { body: sitemapIndex(await countSitemapParts(deps.db), where).toString() };
    });
    return answer ?? notFound(c);
  };
}

/** One part: letters in the order in which they were entered; the first holds the other pages too. */
export function sendSitemapPart(deps: Deps): Handler {
  return async (c) => {
    const part = Number(/[1-9][0-9]{0,5}/.exec(c.req.param("file")!)?.[0] ?? 0);
    const where = { absolute: c.var.page.absolute, languages: c.var.page.languages };
    const answer = await deps.pages.answer(c, { key: routes.sitemapPart(part), ...form }, async () => {
      const letters = await lettersOfPart(deps.db, part);
      const pages: Listed[] = letters.map(({ slug, updatedAt }) => ({
        path: routes.letter(slug),
        updatedAt,
      }));
      const others = [
        routes.archive(),
        routes.verify(),
        routes.log(),
        routes.about(),
        routes.privacy(),
        routes.accessibility(),
        routes.data(),
      ];
      if (part === 1) pages.unshift(...others.map((path) => ({ path })));
      else if (pages.length === 0) return undefined;
      return { body: sitemapPart(pages, where).toString() };
    });
    return answer ?? notFound(c);
  };
}

/** What robots may ask for (RFC 9309). Private links are named by no page; this keeps those that leaked out of indexes. */
export function sendRobots(deps: Deps): Handler {
  return async (c) => {
    const lines = [
      "User-agent: *",
      "Disallow: /confirm/",
      "Disallow: /desk",
      "Disallow: /signatures/",
      "Disallow: /mailbox",
      "Disallow: /letters/*/sign",
      "",
      `Sitemap: ${c.var.page.absolute(routes.sitemap())}`,
      "",
    ];
    const options = { key: routes.robots(), type: "text/plain; charset=utf-8", headers: openData };
    return (await deps.pages.answer(c, options, async () => ({ body: lines.join("\n") }))) ?? notFound(c);
  };
}
