/** What the page of a text says about where the text is: on the server, or on this device. Scripts choose among it. */
import { type Html, html } from "../../../foundation/html.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";

/** @param saved what is so when the page comes */
export function saveStates(page: PageContext, saved: Html): Html {
  const { t } = page;
  const a = (chunks: Html) =>
    html`<a href="${page.link(routes.deskSignIn())}" target="_blank" rel="noopener">${chunks}</a>`;
  const others = [
    ["unsaved", t.text("text.state.unsaved")],
    ["saving", t.text("text.state.saving")],
    ["offline", t.text("text.state.offline")],
    ["signed-out", t.html("text.state.signedOut", { a })],
    ["failed", t.text("text.state.failed")],
  ] as const;
  return html`<p class="small soft states" role="status"><span data-is="saved">${saved}</span>${others.map(
    ([state, words]) => html`<span data-is="${state}" hidden>${words}</span>`,
  )} <span data-kept hidden>${t.text("text.state.kept")}</span></p>`;
}

/** What a browser has kept that was never saved; scripts show it where there is any. */
export function keptOffer(page: PageContext): Html {
  const { t } = page;
  return html`<div class="box flow kept" data-offer hidden><p>${t.html("text.kept", { when: html`<time></time>` })}</p>
<p class="row"><button type="button" class="btn sm" data-use>${t.text("text.kept.use")}</button> <button type="button" class="btn sm line" data-drop>${t.text("text.kept.drop")}</button></p></div>`;
}
