/** What happens to every request before its handler. */
import type { Context, Next } from "hono";
import type { Deps, Env } from "./deps.ts";
import { messagePage } from "./message-page.ts";
import { pageContext } from "./page-context.ts";
import { notFound, page, preflight } from "./respond.ts";

/** Makes the page context, after a look at what has changed. */
export function withPage(deps: Deps) {
  return async (c: Context<Env>, next: Next): Promise<void> => {
    await deps.pages.fresh();
    c.set("page", pageContext(deps, deps.pages.site(), c.req.url, c.req.header("accept-language")));
    await next();
  };
}

/**
 * Lets scripts of other sites ask again for data that they may read (CORS, Fetch standard section 3.3.4): the request
 * with If-None-Match is one that browsers ask about first. What may be read is for the answer itself to say.
 */
export async function answerPreflight(c: Context<Env>, next: Next): Promise<Response | undefined> {
  const asked = c.req.header("access-control-request-method");
  if (c.req.method === "OPTIONS" && (asked === "GET" || asked === "HEAD")) return preflight();
  await next();
  return undefined;
}

/** Nothing is found under an address that holds NUL: no link of ours does, nobody types it, and PostgreSQL takes none. */
export async function addressWithoutNul(c: Context<Env>, next: Next): Promise<Response | undefined> {
  if (c.req.url.includes("%00")) return notFound(c);
  await next();
  return undefined;
}

/**
 * Refuses forms that were sent from another site (CSRF), after Fetch Metadata and, for browsers without it, Origin.
 * A client that sends neither header is no browser and carries nobody's rights.
 */
export function ownFormsOnly(deps: Deps) {
  return async (c: Context<Env>, next: Next): Promise<Response | undefined> => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD" && !isOwn(c, deps.config.siteUrl)) {
      return page(c, messagePage(c.var.page, "error.foreign.title", "error.foreign.text"), 403);
    }
    await next();
    return undefined;
  };
}

function isOwn(c: Context<Env>, siteUrl: URL): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  return !origin || origin === siteUrl.origin || origin === new URL(c.req.url).origin;
}
