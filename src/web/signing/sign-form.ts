/** The form by which a letter is signed: the slip beside a letter, and the page on which it comes back. */

import { countries } from "../../foundation/countries.ts";
import { type Html, html, raw } from "../../foundation/html.ts";
import { leftToRight } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { SignableLetter } from "../../signing/letter.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { when } from "../when.ts";
import { attribute, type FormState, fieldError, idOf, pick, textField, updatesField } from "./form-parts.ts";
import { emptyFields } from "./sign-fields.ts";

/** What the form needs to know of a letter that is open. */
export type FormLetter = Pick<SignableLetter, "slug" | "closesOn" | "people" | "organisations">;

/**
 * The slip beside an open letter: how many have signed, and the form. Its id is "sign".
 * @param still it is only to be looked at
 */
export function signSlip(page: PageContext, letter: FormLetter, still = false): Html {
  return html`<aside class="slip" id="sign" aria-labelledby="sign-heading">
<h2 id="sign-heading">${page.t.text("sign.heading")}</h2>
${signTally(page, letter)}
${still ? html`<p>${page.t.text("sign.still")}</p><div inert>${signForm(page, letter)}</div>` : signForm(page, letter)}
</aside>`;
}

/** How many have signed, and until when one can. */
export function signTally(page: PageContext, letter: FormLetter): Html {
  const { t } = page;
  const n = (chunks: Html) => html`<span class="count">${chunks}</span>`;
  return html`<div class="tally">
<p>${t.html("sign.tally", { count: letter.people + letter.organisations, n })}</p>
${letter.closesOn && html`<p class="small soft">${openUntil(page, letter.closesOn)}</p>`}
</div>`;
}

function openUntil(page: PageContext, closesOn: string): Html {
  const day = new Date(`${closesOn}T00:00:00Z`);
  return page.t.html("sign.openUntil", { date: page.t.date(day), when: () => when(page, day) });
}

/** The form alone. Without a state it is empty. */
export function signForm(
  page: PageContext,
  letter: Pick<FormLetter, "slug">,
  state: FormState = { fields: emptyFields, problems: [] },
): Html {
  const { t } = page;
  const email = textField(page, state, {
    field: "email",
    type: "email",
    autocomplete: "email",
    required: true,
    hint: t.text("sign.email.hint"),
    more: slipQuestion(page, state),
  });
  return html`<form action="${page.link(routes.sign(letter.slug))}" method="post" novalidate>
${entryFields(page, state, email)}
<button class="btn full">${icon("pen")} ${t.text("sign.submit")}</button>
<p class="hint">${t.html("sign.data", { a: (chunks) => html`<a href="${page.link(routes.privacy())}">${chunks}</a>` })}</p>
</form>`;
}

/**
 * All that the form asks.
 * @param email the field of the address; or what is to be known of it, where it stands
 */
export function entryFields(page: PageContext, state: FormState, email: Html): Html {
  const { t } = page;
  return html`${kindField(page, state)}
${textField(page, state, { field: "name", autocomplete: "name", required: true, hint: t.text("sign.name.hint"), only: "only-person" })}
${textField(page, state, { field: "affiliation", autocomplete: "organization", note: optional(page), only: "only-person" })}
${textField(page, state, { field: "organisation", autocomplete: "organization", required: true, hint: t.text("sign.organisation.hint"), only: "only-org" })}
${textField(page, state, { field: "website", type: "url", autocomplete: "url", required: true, hint: t.text("sign.website.hint"), only: "only-org" })}
${textField(page, state, { field: "representative", autocomplete: "name", required: true, hint: t.text("sign.representative.hint"), only: "only-org" })}
${textField(page, state, { field: "role", autocomplete: "organization-title", note: optional(page, "only-person") })}
${email}
${countryField(page, state)}
${showField(page, state)}
${updatesField(page, state, t.text("sign.updates.hint"))}`;
}

/** Said after the label of what may be left empty. */
export function optional(page: PageContext, only = ""): Html {
  return html`<span class="${["soft", "opt", only].filter(Boolean).join(" ")}">${page.t.text("sign.optional")}</span>`;
}

/** Whether a person or an organisation signs. */
export function kindField(page: PageContext, state: FormState): Html {
  const { t } = page;
  const { kind } = state.fields;
  const id = idOf("kind");
  return html`${fieldsetStart(page, state, "kind")}
${pick({ type: "radio", id, name: "kind", value: "person", checked: kind === "person", required: true, label: t.text("sign.kind.person") })}
${pick({
  type: "radio",
  id: `${id}-organisation`,
  name: "kind",
  value: "organisation",
  checked: kind === "organisation",
  label: t.text("sign.kind.organisation"),
  hint: t.text("sign.kind.organisation.hint"),
})}
</fieldset>`;
}

/** Whether the name is shown. */
export function showField(page: PageContext, state: FormState): Html {
  const { t } = page;
  const { show } = state.fields;
  const id = idOf("show");
  return html`${fieldsetStart(page, state, "show")}
${pick({ type: "radio", id, name: "show", value: "yes", checked: show === "yes", required: true, label: t.text("sign.show.yes") })}
${pick({ type: "radio", id: `${id}-no`, name: "show", value: "no", checked: show === "no", label: t.text("sign.show.no") })}
</fieldset>`;
}

function fieldsetStart(page: PageContext, state: FormState, field: "kind" | "show"): Html {
  const error = fieldError(page, state, field);
  const described = attribute("aria-describedby", error ? `${idOf(field)}-err` : "");
  return html`<fieldset${attribute("class", error ? "has-err" : "")}${described}><legend>${page.t.text(`sign.${field}.legend`)}</legend>${error}`;
}

/** The country. */
export function countryField(page: PageContext, state: FormState): Html {
  const { t } = page;
  const error = fieldError(page, state, "country");
  const id = idOf("country");
  const chosen = state.fields.country.trim().toUpperCase();
  const described = error ? `${id}-hint ${id}-err` : `${id}-hint`;
  return html`<div${attribute("class", error ? "has-err" : "")}>
<label for="${id}">${t.text("sign.country.label")}</label>
<span class="hint" id="${id}-hint">${t.text("sign.country.hint")}</span>${error}
<select id="${id}" name="country" autocomplete="country" required${attribute("aria-invalid", error ? "true" : "")} aria-describedby="${described}">
<option value="">${t.text("sign.country.choose")}</option>
${countries(page.language).map(({ code, name }) => html`<option value="${code}"${raw(code === chosen ? " selected" : "")}>${name}</option>`)}
</select></div>`;
}

/**
 * Asks whether the address holds a slip. Neither answer is preset, and neither is a button: the return key in
 * another field would press it.
 */
function slipQuestion(page: PageContext, state: FormState): Html | undefined {
  const { t } = page;
  const { fields, suggestion } = state;
  if (fields.email_as_typed === "") return undefined;
  const typed = html`<input type="hidden" name="email_as_typed" value="${fields.email_as_typed}">`;
  if (suggestion === undefined) return typed;
  const id = idOf("email_choice");
  return html`${typed}<fieldset><legend class="vh">${t.html("sign.typo.legend", { suggestion: leftToRight(suggestion) })}</legend>
${pick({ type: "radio", id, name: "email_choice", value: "suggested", checked: false, label: t.html("sign.typo.take", { suggestion: leftToRight(suggestion) }) })}
${pick({ type: "radio", id: `${id}-typed`, name: "email_choice", value: "typed", checked: false, label: t.html("sign.typo.keep", { typed: leftToRight(fields.email_as_typed) }) })}
</fieldset>`;
}
