/** The doors to one's own address: asking for another, and proving one by the link that was mailed to it. */
import { proveOwnAddress } from "../../drafting/own-address.ts";
import { parseEmailAddress } from "../../foundation/email-address.ts";
import { isProblem } from "../../foundation/problem.ts";
import { addressOf } from "../../people/account.ts";
import { askForAddress, askForProofAgain } from "../../people/ask-for-address.ts";
import { findProof } from "../../people/prove-address.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Deps, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, privatePage, redirect } from "../respond.ts";
import { sessionOf } from "./guard.ts";
import { addressLinkEndedPage, addressLinkPage, addressPage } from "./own-address-page.ts";

/** GET /desk/account/address */
export function showOwnAddress(deps: Deps): Handler {
  return async (c) => {
    const session = sessionOf(c);
    const address = await addressOf(deps.db, deps.keys, session.account.id);
    return privatePage(c, addressPage(c.var.page, session, { address, typed: "" }));
  };
}

/** POST /desk/account/address: mails a link to the new address. The answer is the same for every address. */
export function sendOwnAddress(deps: Deps): Handler {
  return async (c) => {
    const session = sessionOf(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const typed = form.get("email") ?? "";
    const email = parseEmailAddress(typed);
    if (isProblem(email)) {
      const address = await addressOf(deps.db, deps.keys, session.account.id);
      return privatePage(c, addressPage(c.var.page, session, { address, typed, wrong: true }), 422);
    }
    await askForAddress(deps.db, deps.keys, deps.clock, session.account, email);
    return redirect(c, withQuery(routes.deskAccount(), { address: "asked" }));
  };
}

/** POST /desk/account/address/again: the link for the own address once more. */
export function sendOwnAddressAgain(deps: Deps): Handler {
  return async (c) => {
    await askForProofAgain(deps.db, deps.keys, deps.clock, sessionOf(c).account);
    return redirect(c, withQuery(routes.deskAccount(), { address: "asked" }));
  };
}

/** GET /desk/account/address/:token: which address it is about, and a button. Changes nothing. */
export function showOwnAddressLink(deps: Deps): Handler {
  return async (c) => {
    const session = sessionOf(c);
    const token = c.req.param("token")!;
    const address = await findProof(deps.db, deps.keys, deps.clock, session.account, token);
    return address === undefined
      ? privatePage(c, addressLinkEndedPage(c.var.page, session), 410)
      : privatePage(c, addressLinkPage(c.var.page, session, token, address));
  };
}

/** POST /desk/account/address/:token: the address is the account's. */
export function sendOwnAddressLink(deps: Deps): Handler {
  return async (c) => {
    const session = sessionOf(c);
    const proved = await proveOwnAddress(
      deps.db,
      deps.keys,
      deps.clock,
      session.account,
      c.req.param("token")!,
    );
    return isProblem(proved)
      ? privatePage(c, addressLinkEndedPage(c.var.page, session), 410)
      : redirect(c, withQuery(routes.deskAccount(), { address: proved }));
  };
}
