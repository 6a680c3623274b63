/** The doors behind the link of a confirmation mail. */
import type { Context } from "hono";
import { isProblem } from "../../foundation/problem.ts";
import { routes } from "../../routes.ts";
import { type Agreement, confirmSignature, findConfirmation } from "../../signing/confirm.ts";
import { denySignature } from "../../signing/deny.ts";
import { parseSecret } from "../../signing/owner-secret.ts";
import { renewConfirmation } from "../../signing/renew.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { privatePage, redirect } from "../respond.ts";
import {
  acceptedPage,
  closedPage,
  deniedPage,
  denyAcceptedPage,
  expiredPage,
  heldAlreadyPage,
  limitedPage,
  refusedAlreadyPage,
  unknownLinkPage,
} from "./confirm-outcomes.ts";
import { confirmPage } from "./confirm-page.ts";
import { unsignedPage } from "./withdrawn-page.ts";

/** GET /confirm/:token: what would be signed, and by which name. Changes nothing. */
export function showConfirm(deps: Deps): Handler {
  return (c) => standing(deps, c, c.req.query("corrected") === undefined ? undefined : "corrected");
}

/** How things stand with a link: also the answer to whatever cannot be done with it. */
export async function standing(
  deps: Deps,
  c: Context<Env>,
  note?: "corrected" | "entry-changed",
): Promise<Response> {
  const { page } = c.var;
  const token = c.req.param("token")!;
  const found = await findConfirmation(deps.db, deps.keys, deps.clock, token, page.language);
  switch (found?.is) {
    case undefined:
      return privatePage(c, unknownLinkPage(page), 404);
    case "pending":
      return privatePage(c, confirmPage(page, token, found, note));
    case "accepted":
      return privatePage(c, acceptedPage(page, token, found));
    case "expired":
      return privatePage(c, expiredPage(page, token, found), 410);
    case "closed":
      return privatePage(c, closedPage(page, found), 410);
    case "held":
      return privatePage(c, heldAlreadyPage(page, token, found));
    case "refused":
      return privatePage(c, refusedAlreadyPage(page, found), 410);
    case "withdrawn":
      return privatePage(c, unsignedPage(page, found, deps.clock()), 410);
  }
}

/** POST /confirm/:token: confirms. Once is enough; again does no harm. */
export function sendConfirm(deps: Deps): Handler {
  return async (c) => {
    const token = c.req.param("token")!;
    const confirmed = await confirmSignature(deps.db, deps.keys, deps.clock, token, await readAgreement(c));
    if (isProblem(confirmed))
      return standing(deps, c, confirmed.problem === "entry-changed" ? confirmed.problem : undefined);
    await deps.pages.refresh();
    return redirect(c, routes.signatureReceipt(confirmed.accessToken));
  };
}

/** What the page that was confirmed said along. A form that cannot be read says nothing along, and still confirms. */
async function readAgreement(c: Context<Env>): Promise<Agreement> {
  const form = await readForm(c);
  if (isProblem(form)) return {};
  const revision = form.get("revision");
  return {
    owner: parseSecret(form.get("owner")),
    entry: form.get("entry") ?? undefined,
    ...(revision && /^\d{1,9}$/.test(revision) && { revision: Number(revision) }),
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
