/** GET /feed.atom and /feed.json */
import { atomFeed, type Feed, feedSize, jsonFeed } from "../../archive/feeds.ts";
import { listEntries } from "../../archive/list.ts";
import { routes } from "../../routes.ts";
import type { Deps, Handler, PageContext } from "../deps.ts";
import { notFound } from "../respond.ts";
import { jsonHeaders, jsonText } from "./json.ts";
import { topicName } from "./words.ts";

/** The newest letters as Atom. */
export const sendAtom = (deps: Deps): Handler =>
  send(deps, routes.feedAtom(), "application/atom+xml; charset=utf-8", (feed) => atomFeed(feed).toString());

/** The newest letters as JSON Feed. */
export const sendJsonFeed = (deps: Deps): Handler =>
  send(deps, routes.feedJson(), "application/feed+json; charset=utf-8", (feed) => jsonText(jsonFeed(feed)));

function send(deps: Deps, key: string, type: string, write: (feed: Feed) => string): Handler {
  return async (c) => {
    const { page } = c.var;
    const answer = await deps.pages.answer(c, { key, type, headers: jsonHeaders }, async () => {
      const { entries } = await listEntries(deps.db, page.language, 1, feedSize);
      return { body: write({ ...about(page), letters: entries }) };
    });
    return answer ?? notFound(c);
  };
}

function about(page: PageContext): Omit<Feed, "letters"> {
  const { site } = page;
  return {
    title: site.heading,
    subtitle: site.tagline,
    publisher: site.name,
    language: page.language,
    url: (path) => page.absolute(page.link(path)),
    id: page.absolute,
    topic: (slug) => topicName(page, slug),
  };
}
