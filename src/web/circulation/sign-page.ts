import { takesSignOns } from "../../drafting/circulation.ts";
import { inviteeName, type Seat } from "../../drafting/invitee.ts";
import { type Html, html } from "../../foundation/html.ts";
import { isolated, leftToRight } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { textArea } from "../desk/field.ts";
import { icon } from "../icons.ts";
import { errorSummary } from "../signing/error-summary.ts";
import { textField } from "../signing/form-parts.ts";
import { countryField, kindField, optional, showField } from "../signing/sign-form.ts";
import { whenInZone } from "../when.ts";
import { draftLayout } from "./layout.ts";
import type { SignOnState } from "./sign-fields.ts";

/** The form by which a draft is signed; with problems, as it came back. @param refusal why it was not taken */
export function signOnPage(
  page: PageContext,
  seat: Seat,
  token: string,
  state: SignOnState,
  now: Date,
  refusal?: "text-changed" | "signing-closed",
): Html {
  const { t } = page;
  const { circulation, draft, invitee, signOn } = seat;
  const title = t.text("draft.sign.title", { number: draft.number });
  const wrong = state.problems.length > 0 || state.conditionError;
  const refused = refusal ?? (takesSignOns(circulation, now) ? undefined : "signing-closed");
  return draftLayout(
    page,
    wrong ? t.text("sign.error.pageTitle", { title }) : title,
    html`<div class="top one flow">
${state.problems.length > 0 && errorSummary(page, t.text("sign.error.heading"), state)}
${state.conditionError && state.problems.length === 0 && html`<p class="sum" role="alert"><a href="#condition">${t.text("draft.condition.error")}</a></p>`}
${refused && html`<p class="note" role="alert">${t.text(`draft.refused.${refused}`)}</p>`}
<p class="row small"><a href="${page.link(routes.draft(token))}">${t.text("draft.back")}</a>${signOn?.state === "to-renew" && html` <a href="${page.link(routes.draftChanges(token, signOn.draft))}">${t.text("draft.changes.see")}</a>`}</p>
<h1>${title}</h1>
<p>${t.html("draft.sign.text", { name: isolated(inviteeName(invitee)), address: leftToRight(seat.address) })}</p>
${circulation.deadline && html`<p class="small soft">${t.html("draft.until", { when: whenInZone(page, circulation.deadline, circulation.timeZone) })}</p>`}
</div>
${refused !== "signing-closed" && form(page, seat, token, state)}`,
  );
}

function form(page: PageContext, { draft }: Seat, token: string, state: SignOnState): Html {
  const { t } = page;
  const error = state.conditionError ? t.text("draft.condition.error") : undefined;
  return html`<form class="fields slip one" action="${page.link(routes.draftSign(token))}" method="post" novalidate>
<input type="hidden" name="draft" value="${draft.number}">
${kindField(page, state)}
${textField(page, state, { field: "name", autocomplete: "name", required: true, hint: t.text("sign.name.hint"), only: "only-person" })}
${textField(page, state, { field: "affiliation", autocomplete: "organization", note: optional(page), only: "only-person" })}
${textField(page, state, { field: "organisation", autocomplete: "organization", required: true, hint: t.text("sign.organisation.hint"), only: "only-org" })}
${textField(page, state, { field: "website", type: "url", autocomplete: "url", required: true, hint: t.text("sign.website.hint"), only: "only-org" })}
${textField(page, state, { field: "representative", autocomplete: "name", required: true, hint: t.text("sign.representative.hint"), only: "only-org" })}
${textField(page, state, { field: "role", autocomplete: "organization-title", note: optional(page, "only-person") })}
${countryField(page, state)}
${showField(page, state)}
${textArea({ name: "condition", label: t.text("draft.condition.label"), value: state.condition, rows: 3, hint: t.text("draft.condition.hint"), error })}
<p class="hint">${t.text("draft.sign.data")}</p>
<button class="btn full">${icon("pen")} ${t.text("draft.sign.button", { number: draft.number })}</button>
</form>`;
}
