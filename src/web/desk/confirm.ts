/** The doors to showing once more who one is, before a sensitive act. */
import { type EmailAddress, parseEmailAddress } from "../../foundation/email-address.ts";
import { isProblem } from "../../foundation/problem.ts";
import { addressOf, isAddressProved } from "../../people/account.ts";
import { askToEnter } from "../../people/ask-to-enter.ts";
import { deskSite } from "../../people/desk-site.ts";
import { routes } from "../../routes.ts";
import type { Deps, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, privatePage, redirect } from "../respond.ts";
import { confirmPage } from "./confirm-page.ts";
import { browserOf } from "./cookies.ts";
import { deskPath } from "./desk-path.ts";
import { sessionOf } from "./guard.ts";

/** GET /desk/confirm */
export function showConfirm(deps: Deps): Handler {
  return async (c) => {
    const session = sessionOf(c);
    const byMail = await isAddressProved(deps.db, session.account.id);
    const next = deskPath(c.req.query("next"));
    const desk = deskSite(deps.config.siteUrl);
    return privatePage(c, confirmPage(c.var.page, session, { desk, next, byMail }));
  };
}

/** POST /desk/confirm: mails a link to the account's own address. */
export function sendConfirm(deps: Deps): Handler {
  return async (c) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const browser = browserOf(c, deps);
    const email = parseEmailAddress(await addressOf(deps.db, deps.keys, sessionOf(c).account.id));
    await askToEnter(deps.db, deps.keys, email as EmailAddress, browser.hash, deskPath(form.get("next")));
    return browser.named(redirect(c, routes.deskSignInSent()));
  };
}
