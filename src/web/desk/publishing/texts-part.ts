/** A letter's texts, and who stands under each: for those who ask signatories about a new one. */
import { type Html, html, raw } from "../../../foundation/html.ts";
import { routes } from "../../../routes.ts";
import type { TextRow } from "../../../signing/ask-about-text.ts";
import type { PageContext } from "../../deps.ts";
import { when } from "../../when.ts";

/** The texts, the latest first, with how many signatures stand under each and how many were asked about it. */
export function textList(page: PageContext, slug: string, texts: readonly TextRow[]): Html {
  const { t } = page;
  return html`<ul class="list">${texts.map(({ revision, publishedAt, signed, asked, asking }) => {
    const link = html`<a href="${page.link(routes.revision(slug, revision))}">${t.html("revision.of", { number: revision, date: when(page, publishedAt) })}</a>`;
    return html`<li>${link}: ${t.text("corrections.signed", { count: signed })}${asked !== null && html`<br><span class="small soft">${t.text(asking ? "correction.asking" : "correction.asked", { count: asked })}</span>`}</li>\n`;
  })}</ul>`;
}

/** Asks the editor whether a new text changes what people have signed. Never ticked beforehand. */
export function askBox(page: PageContext, count: number, ticked: boolean): Html {
  const { t } = page;
  return html`<div class="pick"><input type="checkbox" id="ask" name="ask" value="yes" aria-describedby="ask-hint"${raw(ticked ? " checked" : "")}><div><label for="ask">${t.text("correction.ask")}</label><span class="hint" id="ask-hint">${t.text("correction.ask.hint", { count })}</span></div></div>`;
}
