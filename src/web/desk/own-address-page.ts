import { type Html, html } from "../../foundation/html.ts";
import { isolated, leftToRight } from "../../foundation/i18n.ts";
import { addressProofLife } from "../../people/ask-for-address.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { errorList, field } from "./field.ts";
import { deskLayout } from "./layout.ts";
import { plainDeskPage } from "./plain-page.ts";

export interface AddressState {
  /** As it is now. */
  readonly address: string;
  readonly typed: string;
  readonly wrong?: true;
}

/** Asks for another address of one's own. */
export function addressPage(page: PageContext, session: Session, state: AddressState): Html {
  const { t } = page;
  const { address, typed, wrong } = state;
  const title = t.text("desk.address.title");
  const error = wrong && t.text("sign.error.email");
  return deskLayout(page, {
    title: wrong ? t.text("sign.error.pageTitle", { title }) : title,
    session,
    nav: "account",
    main: html`<div class="top one flow">
${errorList(page, error ? { email: error } : {})}
<p class="row small"><a href="${page.link(routes.deskAccount())}">${t.text("desk.nav.account")}</a></p>
<h1>${title}</h1>
<p>${t.html("desk.address.now", { address: leftToRight(address) })}</p>
<p>${t.text("desk.address.text", { hours: addressProofLife / 3_600_000 })}</p>
${session.account.role === "partner" && html`<p>${t.text("desk.address.partner")}</p>`}
</div>
<form class="fields ruled one" action="${page.link(routes.deskOwnAddress())}" method="post" novalidate>
${field({ name: "email", label: t.text("desk.address.label"), value: typed, type: "email", autocomplete: "email", required: true, error })}
<button class="btn">${icon("mail")} ${t.text("desk.signIn.mail.button")}</button>
</form>`,
  });
}

/** "Is this address yours?" */
export function addressLinkPage(page: PageContext, session: Session, token: string, address: string): Html {
  const { t } = page;
  const title = t.text("desk.address.prove.title");
  return deskLayout(page, {
    title,
    session,
    nav: "account",
    main: html`<div class="top one flow">
<h1>${title}</h1>
<p>${t.html("desk.address.prove.text", { address: leftToRight(address), name: isolated(session.account.name) })}</p>
<form action="${page.link(routes.deskOwnAddressLink(token))}" method="post"><button class="btn">${t.text("desk.address.prove.button")}</button></form>
</div>`,
  });
}

/** A link that is unknown, was used, is too old, or was made for another account. */
export function addressLinkEndedPage(page: PageContext, session: Session): Html {
  const { t } = page;
  return plainDeskPage(page, session, {
    title: t.text("confirm.unknown.title"),
    text: t.html("desk.address.ended", { name: isolated(session.account.name) }),
    on: html`<a class="btn" href="${page.link(routes.deskAccount())}">${t.text("desk.nav.account")}</a>`,
  });
}
