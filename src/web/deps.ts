/** What the web doors are given by app.ts, and what each request carries. */
import type { Context } from "hono";
import type { Config } from "../config.ts";
import type { Database } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Html } from "../foundation/html.ts";
import type { Language, MessageKey, Translator } from "../foundation/i18n.ts";
import type { Keys } from "../foundation/keys.ts";
import type { Logger } from "../foundation/logger.ts";
import type { Site, SiteImage, SiteWords } from "../letters/site.ts";
import type { TopicNames } from "../letters/topics.ts";
import type { Session } from "../people/session.ts";
import type { Internet } from "../signing/internet.ts";
import type { Retention } from "../signing/retention.ts";
import type { SiteLog } from "../transparency/site-log.ts";
import type { Assets } from "./assets.ts";
import type { PageCache } from "./cache.ts";

export interface Deps {
  readonly config: Config;
  readonly db: Database;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly log: Logger;
  /** The transparency log. */
  readonly siteLog: SiteLog;
  readonly assets: Assets;
  readonly pages: PageCache;
  /** The world, as far as it is asked on behalf of strangers. */
  readonly internet: Internet;
}

/** The site as its owner set it. */
export interface WholeSite extends Site {
  /** What holds now. */
  readonly retention: Retention;
  /** What topics of its own are called. */
  readonly topics: TopicNames;
}

/** The site as a page speaks of it: with its words in the page's language. */
export interface PageSite extends Omit<WholeSite, "words">, SiteWords {
  /** The language of what the publisher adds about privacy. */
  readonly privacyLanguage: Language;
}

/** What a page function knows of the request: words, links and the site, and nothing of HTTP. */
export interface PageContext {
  readonly t: Translator;
  readonly language: Language;
  /** The languages in which this page can be had, the default first. */
  readonly languages: readonly Language[];
  /** The language was chosen by ?lang=, so links carry it on. */
  readonly explicitLanguage: boolean;
  /** Makes a link to a path of this site (which may have a query and a fragment). */
  link(path: string): string;
  /** The same path with the site's origin, for feeds, metadata and mail. */
  absolute(path: string): string;
  readonly site: PageSite;
  readonly siteUrl: URL;
  /** Where the operator publishes the source of what runs here. */
  readonly sourceUrl: URL | undefined;
  /** Where a picture of the site is. */
  image(picture: SiteImage): string;
  /** This page's path and query, without lang; in a page that is kept for all readers, only what decides the page. */
  readonly path: string;
  readonly assets: Assets;
  readonly production: boolean;
}

export type Env = {
  /** What Node knows of a request that came over the network. */
  Bindings: { readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } } };
  Variables: {
    page: PageContext;
    /** Who is at the desk; set for the desk's own pages (desk/guard.ts), and there only where somebody is. */
    session: Session | undefined;
    /** How something is said to somebody who is at the desk; set with the session. */
    deskMessage: ((title: MessageKey, text: MessageKey) => Html) | undefined;
  };
};
export type Handler = (c: Context<Env>) => Promise<Response> | Response;
