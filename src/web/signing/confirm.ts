/** The doors behind the link of a confirmation mail. */
import type { Context } from "hono";
import { isProblem } from "../../foundation/problem.ts";
import { routes } from "../../routes.ts";
import { confirmSignature, findConfirmation } from "../../signing/confirm.ts";
import { denySignature } from "../../signing/deny.ts";
import { renewConfirmation } from "../../signing/renew.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { privatePage, redirect } from "../respond.ts";
import {
  acceptedPage,
  closedPage,
  deniedPage,
  denyAcceptedPage,
  expiredPage,
  limitedPage,
  unknownLinkPage,
} from "./confirm-outcomes.ts";
import { confirmPage } from "./confirm-page.ts";
import { withdrawnPage } from "./own-page.ts";

/** GET /confirm/:token: what would be signed, and by which name. Changes nothing. */
export function showConfirm(deps: Deps): Handler {
  return (c) => standing(deps, c);
}

/** How things stand with a link: also the answer to whatever cannot be done with it. */
async function standing(deps: Deps, c: Context<Env>): Promise<Response> {
  const { page } = c.var;
  const token = c.req.param("token")!;
  const found = await findConfirmation(deps.db, deps.keys, deps.clock, token, page.language);
  switch (found?.is) {
    case undefined:
      return privatePage(c, unknownLinkPage(page), 404);
    case "pending":
      return privatePage(c, confirmPage(page, token, found));
    case "accepted":
      return privatePage(c, acceptedPage(page, token, found));
    case "expired":
      return privatePage(c, expiredPage(page, token, found), 410);
    case "closed":
      return privatePage(c, closedPage(page, found), 410);
    case "withdrawn":
      return privatePage(c, withdrawnPage(page, found, deps.clock()), 410);
  }
}

/** POST /confirm/:token: confirms. Once is enough; again does no harm. */
export function sendConfirm(deps: Deps): Handler {
  return async (c) => {
    const token = c.req.param("token")!;
    const confirmed = await confirmSignature(deps.db, deps.keys, deps.clock, token);
    if (isProblem(confirmed)) return standing(deps, c);
    await deps.pages.refresh();
    return redirect(c, routes.signatureReceipt(confirmed.accessToken));
  };
}

/** GET /confirm/:token/not-me: where mail programs without one click lead; the button is on the page. */
export function showDeny(): Handler {
  return (c) => redirect(c, `${routes.confirm(c.req.param("token")!)}#not-me`);
}

/** POST /confirm/:token/not-me: deletes the entry, and mail about the letter stops. Also the one click of RFC 8058. */
export function sendDeny(deps: Deps): Handler {
  return async (c) => {
    const { page } = c.var;
    const token = c.req.param("token")!;
    const denied = await denySignature(deps.db, deps.clock, token);
    if (!isProblem(denied)) return privatePage(c, deniedPage(page));
    if (denied.problem === "already-accepted") return privatePage(c, denyAcceptedPage(page, token), 409);
    return standing(deps, c);
  };
}

/** POST /confirm/:token/renew: a new mail for an old link. */
export function sendRenew(deps: Deps): Handler {
  return async (c) => {
    const token = c.req.param("token")!;
    const renewed = await renewConfirmation(deps.db, deps.keys, deps.clock, token);
    if (!isProblem(renewed)) return redirect(c, routes.signSent(renewed.slug));
    if (renewed.problem === "mail-limit") return privatePage(c, limitedPage(c.var.page), 429);
    return standing(deps, c);
  };
}
