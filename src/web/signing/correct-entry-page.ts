import { type Html, html } from "../../foundation/html.ts";
import { leftToRight } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { OwnSignature } from "../../signing/signature.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { when } from "../when.ts";
import { errorSummary } from "./error-summary.ts";
import { breakable } from "./facts.ts";
import type { FormState } from "./form-parts.ts";
import { entryFields } from "./sign-form.ts";
import { quotedTitle } from "./sign-page.ts";

/**
 * The form by which a letter is signed, with what waits for a yes, or as it came back. The address stands: whoever holds
 * the link that was mailed there may change the rest.
 * @param refused why nothing was changed
 */
export function correctEntryPage(
  page: PageContext,
  token: string,
  { letter, address }: OwnSignature,
  state: FormState,
  refused?: "wrong" | "often",
): Html {
  const { t } = page;
  const title = t.text("confirm.correct.title");
  const heading = t.text("own.correct.error");
  const back = page.link(routes.confirm(token));
  const stays = html`<b>${leftToRight(breakable(address))}</b>`;
  const form = (chunks: Html) => html`<a href="${page.link(routes.sign(letter.slug))}">${chunks}</a>`;
  // Where only those invited sign, there is no form to fill in.
  const another = letter.state === "open" && t.html("confirm.correct.otherAddress", { a: form });
  const email = html`<p class="small">${t.html("confirm.correct.address", { address: stays })} ${another}</p>`;
  return layout(page, {
    title: refused ? t.text("sign.error.pageTitle", { title }) : title,
    noindex: true,
    main: html`<div class="desk top">
<div class="one flow">
${refused === "wrong" && errorSummary(page, heading, state)}
${refused === "often" && html`<div class="sum" role="alert" aria-labelledby="sum-heading" tabindex="-1"><p class="h" id="sum-heading">${heading}</p><p>${t.text("confirm.correct.often")}</p></div>`}
<h1>${title}</h1>
${quotedTitle(letter)}
<p>${t.text("confirm.correct.intro")}</p>
<div class="slip after">
<form action="${page.link(routes.confirmCorrect(token))}" method="post" novalidate>
${entryFields(page, state, email)}
<button class="btn full">${t.text("confirm.correct.button")}</button>
<p class="hint">${t.text("confirm.correct.next")}</p>
<p><a href="${back}">${t.text("confirm.correct.back")}</a></p>
</form>
</div>
</div>
<aside class="flow" aria-labelledby="about"><h2 id="about" class="h">${t.text("facts.title")}</h2>
<p class="small soft">${when(page, letter.dated)}</p>
<p><a href="${page.link(routes.letter(letter.slug))}">${t.text("sign.readAgain")}</a></p>
</aside>
</div>`,
  });
}
