/** What the web doors are given by app.ts, and what each request carries. */
import type { Context } from "hono";
import type { Config } from "../config.ts";
import type { Database } from "../database/open.ts";
import type { Clock } from "../foundation/clock.ts";
import type { Language, Translator } from "../foundation/i18n.ts";
import type { Keys } from "../foundation/keys.ts";
import type { Logger } from "../foundation/logger.ts";
import type { Assets } from "./assets.ts";
import type { PageCache } from "./cache.ts";

export interface Deps {
  readonly config: Config;
  readonly db: Database;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly log: Logger;
  readonly assets: Assets;
  readonly pages: PageCache;
}

/** The publisher's own words for its site. */
export interface Site {
  readonly name: string;
  readonly heading: string;
  readonly tagline: string;
  /** True while the archive is the sample. */
  readonly sample: boolean;
  /** Where the sample's facts come from. */
  readonly source: string | null;
}

/** What a page function knows of the request: words, links and the site, and nothing of HTTP. */
export interface PageContext {
  readonly t: Translator;
  readonly language: Language;
  /** The language was chosen by ?lang=, so links carry it on. */
  readonly explicitLanguage: boolean;
  /** Makes a link to a path of this site (which may have a query and a fragment). */
  link(path: string): string;
  /** The same path with the site's origin, for feeds, metadata and mail. */
  absolute(path: string): string;
  readonly site: Site;
  readonly siteUrl: URL;
  /** This page's path and query, without lang. */
  readonly path: string;
  readonly assets: Assets;
  readonly production: boolean;
}

export type Env = { Variables: { page: PageContext } };
export type Handler = (c: Context<Env>) => Promise<Response> | Response;
