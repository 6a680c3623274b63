/** A public letter: its signing, its corrections, its address. */
import { compareDocuments } from "../../../drafting/compare.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import { correctionItem } from "../../archive/corrections.ts";
import type { PageContext } from "../../deps.ts";
import { onDay } from "../../when.ts";
import { editionField, errorList, type FormErrors, field, textArea } from "../field.ts";
import { comparison } from "../letters/comparison.ts";
import { mayOpen } from "../letters/frame.ts";
import { addressOf } from "./plan-part.ts";
import type { Published } from "./state.ts";
import { askBox, textList } from "./texts-part.ts";

/** Whether the letter takes signatures, until when, and how to end it. */
export function signingPart(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  { withoutEvidence }: Published,
  closes: string,
  errors: FormErrors,
): Html {
  const { t } = page;
  const { id, stage, closesOn } = letter;
  const body =
    stage === "open"
      ? html`<form class="fields one" action="${page.link(routes.deskClosing(id))}" method="post">
${errorList(page, errors)}
<p>${closesOn ? t.html("publishing.open.until", { day: onDay(page, closesOn) }) : t.text("publishing.open")}</p>
${field({ name: "closes", type: "date", label: t.text("publishing.closes"), value: closes, hint: t.text("publishing.closes.change"), error: errors.closes })}
<button class="btn line">${t.text("publishing.closes.save")}</button></form>
<form class="fields one after" action="${page.link(routes.deskClose(id))}" method="post"><p>${t.text("publishing.close.text")}</p><button class="btn line">${t.text("publishing.close")}</button></form>`
      : html`<p>${t.text(stage === "closed" || stage === "invited" ? `publishing.${stage}` : "publishing.archived")}</p>`;
  return html`<section class="hang" aria-labelledby="signing"><h2 id="signing">${t.text("publishing.signing")}</h2>
<div class="flow">${evidenceNote(page, session, letter, withoutEvidence)}${body}</div></section>`;
}

/** Evidence that is still missing: while a letter is open there is time for it, and it is listed with others. */
function evidenceNote(
  page: PageContext,
  session: Session,
  { stage }: DeskLetter,
  count: number,
): Html | undefined {
  if (count === 0) return undefined;
  const a = (chunks: Html) =>
    stage === "open" && mayOpen(session.account.role, "GET deskEvidence")
      ? html`<a href="${page.link(routes.deskEvidence())}">${chunks}</a>`
      : html``;
  return html`<p>${page.t.html("publishing.evidence", { count, a })}</p>`;
}

/** What a close leaves undone. */
export interface LeftAtClose {
  /** Signatures that are held for a look. */
  readonly held: number;
  /** Organisations that stand on nothing but a confirmed address. */
  readonly withoutEvidence: number;
}

/** Asked once more before a letter is closed. */
export function sureToClosePart(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  { held, withoutEvidence }: LeftAtClose,
): Html {
  const { t } = page;
  return html`<section class="hang" aria-labelledby="sure"><h2 id="sure">${t.text("publishing.close.sure")}</h2>
<form class="fields one" action="${page.link(routes.deskClose(letter.id))}" method="post">
<p>${t.text("publishing.close.count", { count: letter.people + letter.organisations })}</p>${held > 0 && html`<p><b>${t.text("publishing.close.held", { count: held })}</b></p>`}<p>${t.text("publishing.close.final")}</p>${evidenceNote(page, session, letter, withoutEvidence)}
<input type="hidden" name="sure" value="yes">
<p class="row mid"><button class="btn">${t.text("publishing.close.button")}</button> <a href="${page.link(routes.deskPublishing(letter.id))}">${t.text("publishing.sure.back")}</a></p>
</form></section>`;
}

/** What the draft would change in public, and what was corrected before. */
export function correctionsPart(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  { changes, corrections, document, draft, edition, texts, toAsk }: Published,
  note: string,
  errors: FormErrors,
  asks: boolean,
): Html {
  const { t } = page;
  const closed = letter.stage === "closed";
  const nothing = changes.changed.length === 0 && (!changes.words || closed);
  const text = mayOpen(session.account.role, "GET deskText")
    ? (chunks: Html) => html`<a href="${page.link(routes.deskText(letter.id))}">${chunks}</a>`
    : (chunks: Html) => chunks;
  return html`<section class="hang" aria-labelledby="corrections"><h2 id="corrections">${t.text("corrections.title")}</h2>
<div class="flow">
<div class="flow one"><p>${t.html("correction.how", { a: text })}</p>
${closed && html`<p>${t.text("correction.closed")}</p>`}
${changes.words && html`<p>${t.text(closed ? "correction.words.closed" : "correction.words")}</p>`}
${
  changes.changed.length > 0 &&
  html`<p>${t.text("correction.facts", { facts: t.list(changes.changed.map((name) => t.text(`correction.fact.${name}`))) })}</p>`
}
${nothing && html`<p>${t.text("correction.nothing")}</p>`}</div>
${draft && (changes.words || changes.changed.length > 0) && html`<details><summary>${t.text("correction.compare")}</summary><div class="flow">${comparison(page, compareDocuments(document, draft), document, draft)}</div></details>`}
${
  !nothing &&
  html`<form class="fields one" action="${page.link(routes.deskCorrect(letter.id))}" method="post">${edition !== undefined && editionField(edition)}
${errorList(page, errors)}
${textArea({ name: "note", label: t.text("correction.note"), value: note, rows: 3, hint: t.text("correction.note.hint"), required: true, error: errors.note, language: document.language })}
${changes.words && toAsk > 0 && askBox(page, toAsk, asks)}
<button class="btn">${t.text("correction.publish")}</button></form>`
}
${
  corrections.length > 0 &&
  html`<h3 class="h">${t.text("correction.past")}</h3><ul class="list one">${corrections.map((one) => correctionItem(page, one, { slug: letter.slug!, language: document.language }))}</ul>`
}
${texts.length > 1 && html`<h3 class="h">${t.text("correction.texts")}</h3><div class="one">${textList(page, letter.slug!, texts)}</div>`}
</div></section>`;
}

/** Where the letter is found, and another address for it. */
export function addressPart(page: PageContext, letter: DeskLetter, slug: string, errors: FormErrors): Html {
  const { t } = page;
  return html`<section class="hang" aria-labelledby="address"><h2 id="address">${t.text("publishing.address")}</h2>
<form class="fields one" action="${page.link(routes.deskAddress(letter.id))}" method="post">
<p>${addressOf(page, letter.slug!)}</p>
${errorList(page, errors)}
${field({ name: "slug", label: t.text("publishing.slug"), value: slug, hint: t.text("publishing.address.hint"), required: true, error: errors.slug })}
<button class="btn line">${t.text("publishing.address.save")}</button></form></section>`;
}
