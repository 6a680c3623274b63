/** Stands before every door of the desk: finds who it is, and lets in whom access.ts names. */
import type { Context, Next } from "hono";
import { isProblem } from "../../foundation/problem.ts";
import { deskSite, isLoopbackAddress } from "../../people/desk-site.ts";
import { findSession, isProved, type Session } from "../../people/session.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Deps, Env } from "../deps.ts";
import { readFormWithFiles, textLimit } from "../forms.ts";
import { privatePage, redirect, redirectTo } from "../respond.ts";
import type { Access } from "./access.ts";
import { findCookie } from "./cookies.ts";
import { deskPath } from "./desk-path.ts";
import { keptPage } from "./kept-page.ts";
import { deskMessagePage } from "./message-page.ts";
import { refusedPage } from "./refused-page.ts";

/** @param wanted who may come in */
export function guard(deps: Deps, wanted: Access) {
  return async (c: Context<Env>, next: Next): Promise<Response | undefined> => {
    const elsewhere = properAddress(c, deps.config.siteUrl);
    if (elsewhere) return redirectTo(elsewhere);

    const token = findCookie(c, deps.config.siteUrl, "desk");
    const session = token === undefined ? undefined : await findSession(deps.db, deps.clock, token);
    c.set("session", session);
    if (session) c.set("deskMessage", (title, text) => deskMessagePage(c.var.page, session, title, text));
    if (wanted.for !== "anyone") {
      const kept = !session && wanted.keeps && (await keptForm(c));
      if (kept) return privatePage(c, keptPage(c.var.page, kept.form, kept.files.size > 0), 403);
      if (!session) return redirect(c, withQuery(routes.deskSignIn(), { next: askedFor(c) }));
      if (!wanted.for.includes(session.account.role))
        return privatePage(c, refusedPage(c.var.page, session), 403);
      if (wanted.fresh && !isProved(session, deps.clock()))
        return redirect(c, withQuery(routes.deskConfirm(), { next: askedFor(c) }));
    }
    await next();
    return undefined;
  };
}

/** Who is at the desk. For doors that only open to somebody. */
export function sessionOf(c: Context<Env>): Session {
  if (!c.var.session) throw new Error("this door of the desk opens to anyone: there may be no session");
  return c.var.session;
}

/**
 * A developer's machine is called by an address, for which browsers keep no passkeys: its desk goes by localhost
 * (people/desk-site.ts). Whoever comes to it by the address is led there.
 */
function properAddress(c: Context<Env>, siteUrl: URL): string | undefined {
  const { hostname, pathname, search } = new URL(c.req.url);
  if (c.req.method !== "GET" || !isLoopbackAddress(hostname) || hostname !== siteUrl.hostname)
    return undefined;
  return deskSite(siteUrl).origin + pathname + search;
}

/** A form with something in it, sent by somebody who is not signed in (any more). */
async function keptForm(c: Context<Env>) {
  if (c.req.method !== "POST") return undefined;
  const read = await readFormWithFiles(c, textLimit);
  return isProblem(read) || read.form.size === 0 ? undefined : read;
}

/** The page to come back to: the one that was asked for, or on which the form stands. */
function askedFor(c: Context<Env>): string | undefined {
  if (c.req.method === "GET") return deskPath(c.var.page.path);
  const from = URL.parse(c.req.header("referer") ?? "");
  return deskPath(from && from.pathname + from.search);
}
