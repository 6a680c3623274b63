import { type Html, html } from "../../foundation/html.ts";
import type { PageContext } from "../deps.ts";
import { type FormState, idOf, problemText } from "./form-parts.ts";

/**
 * What needs another look, each with a link to its field. Takes the focus where scripts run. Stands before the page's
 * own heading, so it has none of its own.
 */
export function errorSummary(page: PageContext, heading: string, state: FormState): Html {
  const { problems, suggestion } = state;
  return html`<div class="sum" role="alert" aria-labelledby="sum-heading" tabindex="-1">
<p class="h" id="sum-heading">${heading}</p>
<p>${page.t.text("sign.error.text", { count: problems.length })}</p>
<ul>${problems.map((problem) => html`<li><a href="#${idOf(problem.field)}">${problemText(page, problem, suggestion)}</a></li>`)}</ul>
</div>`;
}
