/** The doors to signing in by a mailed link, and to signing out. */
import { parseEmailAddress } from "../../foundation/email-address.ts";
import { isProblem } from "../../foundation/problem.ts";
import { askToEnter } from "../../people/ask-to-enter.ts";
import { deskSite } from "../../people/desk-site.ts";
import { endSession } from "../../people/end-session.ts";
import { enterByLink, findLink } from "../../people/enter-by-link.ts";
import { routes } from "../../routes.ts";
import type { Deps, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { hasMailbox } from "../mailbox/mailbox.ts";
import { badForm, privatePage, redirect } from "../respond.ts";
import { turnAway } from "./admission.ts";
import { browserOf, giveCookie, knownBrowser } from "./cookies.ts";
import { deskPath } from "./desk-path.ts";
import { sessionOf } from "./guard.ts";
import { linkEndedPage, linkPage } from "./link-page.ts";
import { signInPage, signInSentPage } from "./sign-in-page.ts";
import { admit, visitOf } from "./visit.ts";

/** GET /desk/sign-in: who is signed in already is led on. */
export function showSignIn(deps: Deps): Handler {
  return (c) => {
    const next = deskPath(c.req.query("next"));
    if (c.var.session) return redirect(c, next ?? routes.desk());
    return privatePage(c, signInPage(c.var.page, { desk: deskSite(deps.config.siteUrl), next, address: "" }));
  };
}

/** POST /desk/sign-in: asks for a link. The answer is the same for every address. */
export function sendSignIn(deps: Deps): Handler {
  return async (c) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const next = deskPath(form.get("next"));
    const address = form.get("email") ?? "";
    const email = parseEmailAddress(address);
    if (isProblem(email)) {
      const desk = deskSite(deps.config.siteUrl);
      return privatePage(c, signInPage(c.var.page, { desk, next, address, problem: "email" }), 422);
    }
    const refused = await turnAway(deps, c, { next, address });
    if (refused) return refused;
    const browser = browserOf(c, deps);
    await askToEnter(deps.db, deps.keys, email, browser.hash, next);
    return browser.named(redirect(c, routes.deskSignInSent()));
  };
}

/** GET /desk/sign-in/sent: "look at your inbox". */
export function showSignInSent(deps: Deps): Handler {
  return (c) => privatePage(c, signInSentPage(c.var.page, c.var.session, hasMailbox(deps.config)));
}

/** GET /desk/sign-in/:token: whom the link lets in, and a button. Changes nothing. */
export function showLink(deps: Deps): Handler {
  return async (c) => {
    const token = c.req.param("token")!;
    const found = await findLink(deps.db, deps.clock, token, knownBrowser(c, deps));
    return found
      ? privatePage(c, linkPage(c.var.page, token, found, c.var.session))
      : privatePage(c, linkEndedPage(c.var.page, c.var.session), 410);
  };
}

/** POST /desk/sign-in/:token: signs in, once. In another browser than asked only when the person has said so. */
export function sendLink(deps: Deps): Handler {
  return async (c) => {
    const token = c.req.param("token")!;
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const browser = { hash: knownBrowser(c, deps), agreed: form.get("here") === "yes" };
    const entered = await enterByLink(deps.db, deps.clock, token, browser, visitOf(c));
    if (!isProblem(entered)) return admit(deps, c, entered.token, entered.next);
    const found = await findLink(deps.db, deps.clock, token, browser.hash);
    return found
      ? privatePage(c, linkPage(c.var.page, token, found, c.var.session), 409)
      : privatePage(c, linkEndedPage(c.var.page, c.var.session), 410);
  };
}

/** POST /desk/sign-out */
export function sendSignOut(deps: Deps): Handler {
  return async (c) => {
    const session = sessionOf(c);
    await endSession(deps.db, deps.clock, session, session.id);
    return giveCookie(redirect(c, routes.deskSignIn()), deps.config.siteUrl, "desk", "");
  };
}
