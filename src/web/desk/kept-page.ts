import { type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { deskLayout } from "./layout.ts";

/**
 * For somebody whose session has ended while they wrote: everything that they sent, to be sent again once they are
 * signed in. Nothing of it is stored here.
 * @param files whether files came along: a page cannot send them again
 */
export function keptPage(page: PageContext, form: URLSearchParams, files: boolean): Html {
  const { t } = page;
  const title = t.text("desk.kept.title");
  return deskLayout(page, {
    title,
    session: undefined,
    main: html`<div class="top one flow">
<h1>${title}</h1>
<p>${t.text("desk.kept.text")}</p>
${files && html`<p class="note">${t.text("desk.kept.files")}</p>`}
<ol class="flow"><li><a class="btn line" href="${page.link(routes.deskSignIn())}" target="_blank" rel="noopener">${t.text("desk.kept.signIn")}</a></li>
<li>${sendAgain(page, page.path, form, html`<button class="btn">${t.text("desk.kept.send")}</button>`)}</li></ol>
</div>`,
  });
}

/** A form that carries what was typed, out of sight. @param action a path of this site, without its language */
export function sendAgain(page: PageContext, action: string, form: URLSearchParams, buttons: Html): Html {
  return html`<form class="row mid" action="${page.link(action)}" method="post">${hiddenFields(form)}${buttons}</form>`;
}

function hiddenFields(form: URLSearchParams): Html[] {
  return Array.from(form, ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`);
}
