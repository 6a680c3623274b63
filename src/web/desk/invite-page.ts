import { type Html, html } from "../../foundation/html.ts";
import { roles } from "../../people/roles.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { errorList, type FormErrors, field, languageSelect, radios, select } from "./field.ts";
import { deskLayout } from "./layout.ts";

export interface InviteFields {
  readonly email: string;
  readonly role: string;
  readonly language: string;
  /** The letter that a partner is invited to: its id, or the slug of a public one. */
  readonly letter: string;
}

/** A letter that a partner can be invited to. */
export interface OfferedLetter {
  readonly id: string;
  /** What the form sends. */
  readonly value: string;
  readonly title: string;
  readonly titleLanguage: string;
}

/** Invites somebody by mail. */
export function invitePage(
  page: PageContext,
  session: Session,
  fields: InviteFields,
  errors: FormErrors,
  letters: readonly OfferedLetter[],
): Html {
  const { t } = page;
  const title = t.text("desk.invite.title");
  const choices = roles.map((value) => ({
    value,
    label: t.text(`desk.role.${value}`),
    hint: t.text(`desk.role.${value}.text`),
  }));
  const offered = [
    { value: "", label: t.text("desk.invite.letter.none") },
    ...letters.map(({ value, title, titleLanguage }) => ({ value, label: title, language: titleLanguage })),
  ];
  return deskLayout(page, {
    title: Object.keys(errors).length > 0 ? t.text("sign.error.pageTitle", { title }) : title,
    session,
    nav: "people",
    main: html`<div class="top one flow">
${errorList(page, errors)}
<p class="row small"><a href="${page.link(routes.deskPeople())}">${t.text("desk.nav.people")}</a></p>
<h1>${title}</h1>
<p>${t.text("desk.invite.text")}</p>
</div>
<form class="fields ruled one" action="${page.link(routes.deskInvite())}" method="post" novalidate>
${field({ name: "email", label: t.text("sign.email.label"), value: fields.email, type: "email", required: true, error: errors.email })}
${radios("role", t.text("desk.person.role"), choices, fields.role, errors.role)}
${select({ name: "letter", label: t.text("desk.invite.letter"), choices: offered, chosen: fields.letter, hint: t.text("desk.invite.letter.hint"), error: errors.letter })}
${languageSelect(page, fields.language)}
<button class="btn">${icon("mail")} ${t.text("desk.invite.button")}</button>
</form>`,
  });
}
