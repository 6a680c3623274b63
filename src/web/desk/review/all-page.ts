import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated, leftToRight } from "../../../foundation/i18n.ts";
import { placeName } from "../../../foundation/places.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { PastCondition } from "../../../signing/condition.ts";
import { previewLimit } from "../../../signing/decide.ts";
import type { DeskSignature } from "../../../signing/desk-list.ts";
import type { PageContext } from "../../deps.ts";
import { onDay } from "../../when.ts";
import { errorList, type FormErrors } from "../field.ts";
import { letterFrame } from "../letters/frame.ts";
import { filterQuery, type QueueFilter } from "./filter.ts";
import { forAddress } from "./queue-page.ts";
import { type RulingFields, refusalFields } from "./ruling.ts";
import { nameOf } from "./signature-words.ts";

export interface AllState {
  readonly session: Session;
  readonly letter: DeskLetter;
  readonly filter: QueueFilter;
  readonly count: number;
  /** The first of them. */
  readonly first: readonly DeskSignature[];
  /** What of this is to be decided about (shown.ts). */
  readonly sealed: string;
  readonly fields: RulingFields;
  readonly errors: FormErrors;
}

/** Who would be touched by a decision about all that is described, before it is made. */
export function allPage(page: PageContext, state: AllState): Html {
  const { t } = page;
  const { session, letter, filter, count, first, sealed, fields, errors } = state;
  const title = t.text("review.all.title");
  const path = withQuery(routes.deskReviewAll(), forAddress(filterQuery(filter)));
  const number =
    count > previewLimit
      ? t.text("review.all.more", { count: previewLimit })
      : t.text("review.all.count", { count });
  // A form for each, so that the return key in one of them never decides by the other.
  const form = (content: Html) =>
    html`<form class="fields one" action="${page.link(path)}" method="post"><input type="hidden" name="shown" value="${sealed}">${content}</form>`;
  return letterFrame(page, {
    session,
    letter,
    tab: "signatures",
    title,
    note: errorList(page, errors),
    main: html`<section class="hang" aria-labelledby="all"><h2 id="all">${title}</h2>
<div class="flow one"><p>${number}</p>
<dl class="facts">${conditionFacts(page, filter.condition)}</dl>
${first.length > 0 && html`<ul class="list dots">${first.map((one) => html`<li>${nameOf(page, one)}</li>`)}</ul>`}
${count > first.length && html`<p class="soft">${t.text("review.all.others", { count: count - first.length })}</p>`}
<p><a href="${page.link(withQuery(routes.deskReview(), forAddress(filterQuery(filter))))}">${t.text("review.all.back")}</a></p></div></section>
${
  count > 0 &&
  html`<section class="hang" aria-labelledby="decide"><h2 id="decide">${t.text("review.decide")}</h2>
<div class="flow"><p class="one">${t.text("review.all.text")}</p>
${form(html`<button class="btn" id="verdict" name="verdict" value="accept">${t.text("review.all.accept", { count })}</button>`)}
${form(html`${refusalFields(page, fields, errors)}
<button class="btn line" name="verdict" value="refuse">${t.text("review.all.refuse", { count })}</button>`)}</div></section>`
}`,
  });
}

/** What was described, a line each; that it is everything, where nothing was. */
export function conditionFacts(page: PageContext, condition: PastCondition): Html {
  const { t } = page;
  const { kind, reason, domain, country, before } = condition;
  const facts: [string, Html | string][] = [];
  if (kind) facts.push([t.text("review.kind"), t.text(`review.kind.${kind}`)]);
  if (reason) facts.push([t.text("review.why"), t.text(`review.reason.${reason}`)]);
  if (domain !== undefined)
    facts.push([
      t.text("review.domain"),
      domain === null ? t.text("review.domain.forgotten") : leftToRight(domain),
    ]);
  if (country) facts.push([t.text("signature.country"), isolated(placeName(country, page.language))]);
  if (before) facts.push([t.text("review.before"), onDay(page, before)]);
  if (facts.length === 0) facts.push([t.text("review.all.which"), t.text("review.all.every")]);
  return html`${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}`;
}
