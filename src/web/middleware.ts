/** What happens to every request before its handler. */
import type { Context, Next } from "hono";
import type { Deps, Env } from "./deps.ts";
import { messagePage } from "./message-page.ts";
import { pageContext } from "./page-context.ts";
import { page } from "./respond.ts";

/** Makes the page context, after a look at what has changed. */
export function withPage(deps: Deps) {
  return async (c: Context<Env>, next: Next): Promise<void> => {
    await deps.pages.fresh();
    c.set("page", pageContext(deps, deps.pages.site(), c.req.url, c.req.header("accept-language")));
    await next();
  };
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
