/** Asked once more before a correction is published. */
import { compareDocuments } from "../../../drafting/compare.ts";
import type { Changes } from "../../../drafting/correct.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { DraftDocument } from "../../../drafting/document.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { directionOf } from "../../../foundation/i18n.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { sendAgain } from "../kept-page.ts";
import { comparison } from "../letters/comparison.ts";

export interface Correction {
  /** What is public. */
  readonly document: DraftDocument;
  /** What is public afterwards. */
  readonly draft: DraftDocument;
  readonly changes: Changes;
  /** How many who have signed would be asked about a new text. */
  readonly toAsk: number;
}

/** @param form what was sent, to be sent again: the note, what was chosen, and the edition that is shown */
export function sureToCorrectPart(
  page: PageContext,
  letter: DeskLetter,
  { document, draft, changes, toAsk }: Correction,
  form: URLSearchParams,
): Html {
  const { t } = page;
  const { words, changed } = changes;
  const text = letter.stage === "closed" ? "correction.words.closed" : "correction.sure.words";
  const { language } = document;
  return html`<section class="hang" aria-labelledby="sure"><h2 id="sure">${t.text("correction.sure")}</h2>
<div class="flow">
<div class="flow one">${words && html`<p>${t.text(text)}</p>`}
${changed.length > 0 && html`<p>${t.text("correction.facts", { facts: t.list(changed.map((name) => t.text(`correction.fact.${name}`))) })}</p>`}
<p><b>${t.text("correction.sure.note")}</b></p>
<blockquote class="quoted said" lang="${language}" dir="${directionOf(language)}">${(form.get("note") ?? "").trim()}</blockquote>
${words && toAsk > 0 && html`<p>${form.get("ask") === "yes" ? t.text("correction.sure.ask", { count: toAsk }) : t.text("correction.sure.ask.not")}</p>`}
<p>${t.text("correction.sure.final")}</p></div>
<div class="flow">${comparison(page, compareDocuments(document, draft), document, draft)}</div>
${sendAgain(
  page,
  routes.deskCorrect(letter.id),
  form,
  html`<button class="btn">${t.text("correction.sure.button")}</button> <button class="btn line" name="do" value="back">${t.text("publishing.sure.back")}</button>`,
)}
</div></section>`;
}
