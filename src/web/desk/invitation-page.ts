import { type Html, html } from "../../foundation/html.ts";
import { isolated, leftToRight } from "../../foundation/i18n.ts";
import type { OpenInvitation } from "../../people/accept-invitation.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { whenExactly } from "../when.ts";
import { errorList, type FormErrors, field, languageSelect } from "./field.ts";
import { deskLayout } from "./layout.ts";
import { plainDeskPage } from "./plain-page.ts";

export interface InvitationForm {
  readonly fields: { readonly name: string; readonly email: string; readonly language: string };
  readonly errors: FormErrors;
}

/** What somebody is invited to, and what the desk has to know of them. */
export function invitationPage(
  page: PageContext,
  token: string,
  { role, address, knownAs, expiresAt }: OpenInvitation,
  { fields, errors }: InvitationForm,
): Html {
  const { t } = page;
  const title = t.text(address === undefined ? "desk.setUp.title" : "desk.invitation.title");
  return deskLayout(page, {
    title: Object.keys(errors).length > 0 ? t.text("sign.error.pageTitle", { title }) : title,
    session: undefined,
    main: html`<div class="top one flow">
${errorList(page, errors)}
<h1>${title}</h1>
<p>${t.html(address === undefined ? "desk.setUp.text" : "desk.invitation.text", { site: isolated(page.site.name), role: t.text(`desk.role.${role}`) })}</p>
<p>${t.text(`desk.role.${role}.text`)}</p>
${address !== undefined && html`<p>${t.html("desk.invitation.address", { address: leftToRight(address) })}</p>`}
${knownAs !== undefined && html`<p class="note">${t.html("desk.invitation.known", { name: isolated(knownAs) })}</p>`}
</div>
<form class="fields ruled one" action="${page.link(routes.deskInvitation(token))}" method="post" novalidate>
${
  knownAs === undefined &&
  html`${field({ name: "name", label: t.text("sign.name.label"), value: fields.name, autocomplete: "name", hint: t.text("desk.name.hint"), required: true, error: errors.name })}
${address === undefined && field({ name: "email", label: t.text("sign.email.label"), value: fields.email, type: "email", autocomplete: "email", hint: t.text("desk.setUp.email.hint"), required: true, error: errors.email })}
${languageSelect(page, fields.language)}`
}
<button class="btn">${t.text(address === undefined ? "desk.setUp.button" : "desk.invitation.button")}</button>
<p class="hint">${t.html("desk.invitation.until", { date: whenExactly(page, expiresAt) })}</p>
</form>`,
  });
}

/** A link that is unknown, was used, was taken back, or is too old. */
export function invitationEndedPage(page: PageContext, session: Session | undefined): Html {
  const { t } = page;
  return plainDeskPage(page, session, {
    title: t.text("confirm.unknown.title"),
    text: t.text("desk.invitation.ended"),
    on: html`<a href="${page.link(routes.deskSignIn())}">${t.text("desk.signIn.title")}</a>`,
  });
}
