import { type Html, html } from "../foundation/html.ts";
import { routes } from "../routes.ts";
import type { PageContext } from "./deps.ts";

/** The field in which words are looked for among the letters, with its button; it stands in a form that asks the archive. */
export function searchField({ t }: PageContext, query = ""): Html {
  return html`<div class="q"><div><label for="q">${t.text("find.search")}</label><input id="q" name="q" type="search" value="${query}"></div><button class="btn">${t.text("find.button")}</button></div>`;
}

/** The language that was asked for by hand goes with the form. */
export function askedLanguage(page: PageContext): Html | undefined {
  return page.explicitLanguage ? html`<input type="hidden" name="lang" value="${page.language}">` : undefined;
}

/** A form of its own, where what was asked for is not there. */
export function searchForm(page: PageContext): Html {
  return html`<form role="search" action="${routes.archive()}" method="get">${askedLanguage(page)}${searchField(page)}</form>`;
}
