/** A person comes in: what their browser says, and the way on with a new cookie. */
import type { Context } from "hono";
import type { Visit } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { Deps, Env } from "../deps.ts";
import { redirect } from "../respond.ts";
import { giveCookie } from "./cookies.ts";
import { deskPath } from "./desk-path.ts";
import { describeDevice } from "./device.ts";

/** What a browser says when somebody signs in by it. */
export function visitOf(c: Context<Env>): Visit {
  return { device: describeDevice(c.req.header("user-agent")), session: c.var.session };
}

/** Leads on to the page that was asked for, signed in. */
export function admit(deps: Deps, c: Context<Env>, token: string, next: string | null | undefined): Response {
  return giveCookie(redirect(c, deskPath(next) ?? routes.desk()), deps.config.siteUrl, "desk", token);
}
