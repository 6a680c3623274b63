import { countries } from "../../../foundation/countries.ts";
import { type Html, html, raw } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import type { LetterTitle } from "../../../letters/titles.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { DeskSignature, DeskSignatures } from "../../../signing/desk-list.ts";
import { holdReasons } from "../../../signing/hold-rules.ts";
import type { PageContext } from "../../deps.ts";
import { whenExactly } from "../../when.ts";
import { byReturn, errorList, type FormErrors, select } from "../field.ts";
import { deskLayout } from "../layout.ts";
import { table } from "../table.ts";
import { filterQuery, isDescribed, type QueueFilter } from "./filter.ts";
import { heldUntilField, type RulingFields, refusalFields } from "./ruling.ts";
import { beside, nameOf, whyHeld } from "./signature-words.ts";

export interface QueueState {
  readonly filter: QueueFilter;
  readonly held: DeskSignatures;
  readonly total: number;
  /** The letters under which something is held, and of the page's signatures. */
  readonly letters: readonly (LetterTitle & { readonly held: number })[];
  readonly fields: RulingFields;
  readonly checked: readonly string[];
  readonly errors: FormErrors;
  readonly note: Html | undefined;
}

/** Everything that is held, the oldest first, to be looked at one by one or in groups. */
export function queuePage(page: PageContext, session: Session, state: QueueState): Html {
  const { t } = page;
  const { filter, held, total, errors, note } = state;
  const title = t.text("review.title");
  const wrong = Object.keys(errors).length > 0;
  const described = filter.letter !== undefined || isDescribed(filter);
  const filtered = described || filter.unread.length > 0;
  return deskLayout(page, {
    title: wrong ? t.text("sign.error.pageTitle", { title }) : title,
    session,
    nav: "review",
    main: html`<div class="top one flow">${note && html`<div class="box" role="status">${note}</div>`}${errorList(page, errors)}
<h1>${title}</h1>${total > 0 && html`<p>${t.text("review.text", { count: total })}</p>`}
<p class="row"><a href="${page.link(routes.deskDecisions())}">${t.text("review.decisions")}</a><a href="${page.link(routes.deskEvidence())}">${t.text("evidence.missing.title")}</a></p></div>
${(total > 0 || filtered) && filterForm(page, state, filtered)}
${
  held.signatures.length === 0
    ? html`<p class="after">${t.text(described ? "review.nothing.filter" : "review.nothing")}</p>`
    : queueForm(page, state)
}`,
  });
}

function filterForm(page: PageContext, { filter, letters }: QueueState, filtered: boolean): Html {
  const { t } = page;
  const { condition } = filter;
  const any = { value: "", label: t.text("review.any") };
  return html`<details class="one"${raw(filtered ? " open" : "")}><summary>${t.text("review.filter")}</summary>
<form class="fields" action="${routes.deskReview()}" method="get">
${page.explicitLanguage && html`<input type="hidden" name="lang" value="${page.language}">`}
${select({ name: "letter", label: t.text("review.letter"), chosen: filter.letter ?? "", choices: [any, ...letters.map(({ id, title, titleLanguage, held }) => ({ value: id, label: t.text("review.letter.held", { title, count: held }), language: titleLanguage }))] })}
${select({ name: "kind", label: t.text("review.kind"), chosen: condition.kind ?? "", choices: [any, { value: "person", label: t.text("review.kind.person") }, { value: "organisation", label: t.text("review.kind.organisation") }] })}
${select({ name: "why", label: t.text("review.why"), chosen: condition.reason ?? "", choices: [any, ...holdReasons.map((reason) => ({ value: reason, label: t.text(`review.reason.${reason}`) }))] })}
<div><label for="domain">${t.text("review.domain")}</label><span class="hint" id="domain-hint">${t.text("review.domain.hint")}</span><input id="domain" name="domain" type="text" value="${filter.typed.domain}" dir="ltr" autocomplete="off" spellcheck="false" aria-describedby="domain-hint"></div>
${select({ name: "country", label: t.text("signature.country"), chosen: condition.country ?? "", choices: [any, ...countries(page.language).map(({ code, name }) => ({ value: code, label: name }))] })}
<div><label for="before">${t.text("review.before")}</label><input id="before" name="before" type="date" value="${filter.typed.before}"></div>
<button class="btn line">${t.text("review.filter.button")}</button>
</form></details>`;
}

function queueForm(page: PageContext, state: QueueState): Html {
  const { t } = page;
  const { filter, held, letters, fields, checked, errors } = state;
  const byId = new Map(letters.map((letter) => [letter.id, letter]));
  const query = filterQuery(filter);
  return html`<form class="after" action="${page.link(withQuery(routes.deskReview(), forAddress(query)))}" method="post" data-queue>
${byReturn("verdict", "")}${heldUntilField(held.signatures)}
<p class="small soft" id="keys" data-keys hidden>${t.text("review.keys")}</p>
${table(
  t.text("review.caption"),
  [
    t.text("review.name"),
    t.text("review.why"),
    t.text("review.letter"),
    { buttons: t.text("review.decide") },
  ],
  held.signatures.map((one) => row(page, one, byId.get(one.letterId), checked)),
)}
${held.next && html`<p class="after"><a href="${page.link(withQuery(routes.deskReview(), { ...forAddress(query), after: held.next }))}">${t.text("review.next")}</a></p>`}
<fieldset id="checked" class="one fields after"><legend>${t.text("review.checked")}</legend>
<p class="hint">${t.text("review.checked.hint")}</p>
<button class="btn" name="verdict" value="accept">${t.text("review.accept.checked")}</button>
<div class="fields rather">${refusalFields(page, fields, errors)}
<button class="btn line" name="verdict" value="refuse">${t.text("review.refuse.checked")}</button></div>
</fieldset>
</form>
${filter.letter ? html`<p class="after"><a class="btn line" href="${page.link(withQuery(routes.deskReviewAll(), forAddress(query)))}">${t.text("review.all.link")}</a></p>` : html`<p class="after small soft">${t.text("review.all.choose")}</p>`}`;
}

/** "reason" in the form below is why something is refused; in the address it is "why" it is held. */
export function forAddress({ reason, ...query }: Record<string, string | undefined>) {
  return { ...query, why: reason };
}

function row(
  page: PageContext,
  one: DeskSignature,
  letter: LetterTitle | undefined,
  checked: readonly string[],
): Html[] {
  const { t } = page;
  const name = nameOf(page, one);
  const path = page.link(routes.deskSignature(one.letterId, one.id));
  return [
    html`<div class="pick"><input type="checkbox" id="s-${one.id}" name="signature[]" value="${one.id}"${raw(checked.includes(one.id) ? " checked" : "")}><div><label class="vh" for="s-${one.id}">${t.html("review.check", { name })}</label><a href="${path}" data-open>${name}</a><br><span class="small soft opt">${beside(page, one)}</span></div></div>`,
    whyHeld(page, one),
    html`${letter && html`<a lang="${letter.titleLanguage}" href="${page.link(routes.deskSignatures(one.letterId))}">${isolated(letter.title)}</a><br>`}<span class="small soft">${whenExactly(page, one.heldAt!)}</span>`,
    html`<span class="row tight"><button class="btn sm" name="one" value="${one.id}" data-accept>${t.text("review.accept")}<span class="vh">: ${name}</span></button> <a class="btn sm line" href="${path}#decide">${t.text("review.refuse.one")}<span class="vh">: ${name}</span></a></span>`,
  ];
}
