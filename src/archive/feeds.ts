/** The newest letters as feeds: Atom (RFC 4287) and JSON Feed 1.1. Pure. */
import { type PartialDate, partialDateToString } from "../foundation/partial-date.ts";
import { routes } from "../routes.ts";
import { authorsOf } from "./cite.ts";
import type { Entry } from "./entry.ts";
import { type Xml, xml } from "./xml.ts";

/** Letters in a feed. */
export const feedSize = 50;

export interface Feed {
  readonly title: string;
  readonly subtitle: string;
  /** The publisher's name. */
  readonly publisher: string;
  /** The language of titles, where letters have it. */
  readonly language: string;
  readonly letters: readonly Entry[];
  /** Makes a path of this site absolute; the chosen language is carried along. */
  readonly url: (path: string) => string;
  /** Makes a path absolute without a language: identifiers do not depend on how they were asked for. */
  readonly id: (path: string) => string;
  /** A topic in the reader's language. */
  readonly topic: (slug: string) => string;
}

/** The first instant of what is known of a date: feeds know no months or years. */
function firstInstant({ year, month = 1, day = 1 }: PartialDate): string {
  return `${new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 19)}Z`;
}

function lastUpdate(letters: readonly Entry[]): string {
  return new Date(Math.max(0, ...letters.map(({ updatedAt }) => updatedAt.getTime()))).toISOString();
}

/** A letter keeps its identifier when its address changes (RFC 4287 section 4.2.6). */
function idOf(letter: Entry): string {
  return `urn:uuid:${letter.id}`;
}

/** The feed as an Atom document. */
export function atomFeed(feed: Feed): Xml {
  return xml`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}">
<id>${feed.id(routes.feedAtom())}</id>
<title>${feed.title}</title>
<subtitle>${feed.subtitle}</subtitle>
<author><name>${feed.publisher}</name></author>
<updated>${lastUpdate(feed.letters)}</updated>
<link rel="self" type="application/atom+xml" href="${feed.url(routes.feedAtom())}"/>
<link rel="alternate" type="text/html" href="${feed.url(routes.archive())}"/>
${feed.letters.map((letter) => atomEntry(feed, letter))}</feed>
`;
}

function atomEntry(feed: Feed, letter: Entry): Xml {
  return xml`<entry xml:lang="${letter.language}">
<id>${idOf(letter)}</id>
<title>${letter.title}</title>
<link rel="alternate" type="text/html" href="${feed.url(routes.letter(letter.slug))}"/>
<published>${firstInstant(letter.date)}</published>
<updated>${letter.updatedAt.toISOString()}</updated>
${authorsOf({ letter, publisher: feed.publisher }).map(
  (name) => xml`<author><name>${name}</name></author>
`,
)}${letter.topics.map(
  (topic) => xml`<category term="${topic}" label="${feed.topic(topic)}"/>
`,
)}<summary>${letter.summary}</summary>
</entry>
`;
}

/** The feed as JSON Feed 1.1. `_undersigned.date` is the letter's date at the precision that is known. */
export function jsonFeed(feed: Feed) {
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    description: feed.subtitle,
    home_page_url: feed.url(routes.archive()),
    feed_url: feed.url(routes.feedJson()),
    language: feed.language,
    authors: [{ name: feed.publisher, url: feed.url(routes.archive()) }],
    items: feed.letters.map((letter) => ({
      id: idOf(letter),
      url: feed.url(routes.letter(letter.slug)),
      title: letter.title,
      content_text: letter.summary,
      date_published: firstInstant(letter.date),
      date_modified: letter.updatedAt.toISOString(),
      language: letter.language,
      tags: letter.topics.map(feed.topic),
      ...authorsOfItem(feed, letter),
      _undersigned: { date: partialDateToString(letter.date) },
    })),
  };
}

function authorsOfItem(feed: Feed, letter: Entry) {
  const authors = authorsOf({ letter, publisher: feed.publisher });
  return authors.length > 0 ? { authors: authors.map((name) => ({ name })) } : {};
}
