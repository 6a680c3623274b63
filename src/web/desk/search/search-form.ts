import { type Html, html } from "../../../foundation/html.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";

/** One field for letters and signatories. @param hint whether it says what can be typed */
export function searchForm(
  page: PageContext,
  {
    query,
    names,
    hint = false,
  }: { readonly query: string; readonly names: boolean; readonly hint?: boolean },
): Html {
  const { t } = page;
  const what = names ? "desk.search.label.names" : "desk.search.label";
  return html`<search><form class="q" action="${routes.deskSearch()}" method="get">
${page.explicitLanguage && html`<input type="hidden" name="lang" value="${page.language}">`}
<div><label for="q">${t.text(what)}</label>${hint && names && html`<span class="hint" id="q-hint">${t.text("desk.search.hint")}</span>`}<input id="q" name="q" type="search" value="${query}" dir="auto"${hint && names && html` aria-describedby="q-hint"`}></div>
<button class="btn line">${t.text("find.button")}</button>
</form></search>`;
}
