/**
 * The desk's two cookies: who is signed in ("desk"), and which browser asked for a link ("desk-browser"). Both hold a
 * random token of which the database knows the hash; no script can read them, no other site's form brings them along.
 *
 * With https they are called __Host-… (RFC 6265bis section 4.1.3.2): set by this host alone, for nothing but TLS. Most
 * browsers take such a cookie from http://localhost as well, some do not, and no browser from http elsewhere; so a site
 * on plain http sets one without the prefix beside it. A site with https never reads that one.
 */
import type { Context } from "hono";
import { parse } from "hono/utils/cookie";
import { hashToken, newToken } from "../../foundation/token.ts";
import { sessionLife } from "../../people/session.ts";
import type { Deps, Env } from "../deps.ts";

type CookieName = "desk" | "desk-browser";

/** How long a browser keeps each, in seconds. */
const maxAge: Readonly<Record<CookieName, number>> = { desk: sessionLife / 1000, "desk-browser": 3600 };

/** What a cookie holds; undefined when the browser sent none that can be a token. */
export function findCookie(c: Context<Env>, siteUrl: URL, name: CookieName): string | undefined {
  const sent = parse(c.req.header("cookie") ?? "");
  return spellings(siteUrl, name)
    .map((spelling) => sent[spelling])
    .find((value) => value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value));
}

/** Gives the browser a cookie along with an answer; an empty value takes it away. */
export function giveCookie(answer: Response, siteUrl: URL, name: CookieName, value: string): Response {
  const age = value === "" ? 0 : maxAge[name];
  for (const spelling of spellings(siteUrl, name)) {
    const secure = spelling.startsWith("__Host-") ? "; Secure" : "";
    answer.headers.append(
      "Set-Cookie",
      `${spelling}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`,
    );
  }
  return answer;
}

function spellings(siteUrl: URL, name: CookieName): string[] {
  return siteUrl.protocol === "https:" ? [`__Host-${name}`] : [`__Host-${name}`, name];
}

/** The browser that asks. One without a name gets one: the answer has to carry it (`named`). */
export function browserOf(c: Context<Env>, { config }: Pick<Deps, "config">) {
  const known = findCookie(c, config.siteUrl, "desk-browser");
  const token = known ?? newToken().token;
  return {
    hash: hashToken(token),
    /** Gives the browser its name along with an answer, and keeps it for another hour. */
    named: (answer: Response) => giveCookie(answer, config.siteUrl, "desk-browser", token),
  };
}

/** The hash of the browser's name; undefined when it has none. */
export function knownBrowser(c: Context<Env>, { config }: Pick<Deps, "config">): Buffer | undefined {
  const known = findCookie(c, config.siteUrl, "desk-browser");
  return known === undefined ? undefined : hashToken(known);
}
