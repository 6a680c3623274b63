import { type Html, html } from "../../foundation/html.ts";
import { directionOf } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { SignRefusal } from "../../signing/find-letter.ts";
import { lastDay, type SignableLetter } from "../../signing/letter.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { when } from "../when.ts";
import { errorSummary } from "./error-summary.ts";
import type { FormState } from "./form-parts.ts";
import { signForm, signTally } from "./sign-form.ts";

/**
 * The form on a page of its own, beside the title of its letter; with a state, as it came back.
 * @param minutes when it can be sent again, where too many came from one network
 */
export function signPage(
  page: PageContext,
  letter: SignableLetter,
  state?: FormState,
  minutes?: number,
): Html {
  const { t } = page;
  const title = t.text("sign.heading");
  return layout(page, {
    title: state ? t.text("sign.error.pageTitle", { title }) : title,
    noindex: true,
    main: html`<div class="desk top">
<div class="one">
${state && minutes === undefined && errorSummary(page, t.text("sign.error.heading"), state)}
${minutes !== undefined && html`<div class="sum" role="alert" aria-labelledby="sum-heading" tabindex="-1"><p class="h" id="sum-heading">${t.text("sign.error.heading")}</p><p>${t.text("sign.error.network", { minutes })}</p></div>`}
<h1>${title}</h1>
${quotedTitle(letter)}
<div class="slip after">
${signForm(page, letter, state)}
</div>
</div>
<aside class="flow" aria-labelledby="about"><h2 id="about" class="h">${t.text("facts.title")}</h2>
<p class="small soft">${when(page, letter.dated)}</p>
<p><a href="${page.link(routes.letter(letter.slug))}">${t.text("sign.readAgain")}</a></p>
${signTally(page, letter)}
</aside>
</div>`,
  });
}

/** A letter's title, set apart in its own language. */
export function quotedTitle(letter: Pick<SignableLetter, "title" | "titleLanguage">, big = false): Html {
  const { title, titleLanguage } = letter;
  return html`<p class="${big ? "quote big" : "quote"}" lang="${titleLanguage}" dir="${directionOf(titleLanguage)}">${title}</p>`;
}

/** Says kindly that a letter takes no signatures (any more). */
export function notOpenPage(
  page: PageContext,
  letter: SignableLetter,
  refusal: Exclude<SignRefusal, "letter-unknown">,
): Html {
  const { t } = page;
  const kind = refusal === "letter-closed" ? "closed" : "archived";
  const day = lastDay(letter);
  return layout(page, {
    title: t.text(`sign.${kind}.title`),
    noindex: true,
    main: html`<div class="top one flow">
<h1>${t.text(`sign.${kind}.title`)}</h1>
${quotedTitle(letter)}
<p>${kind === "closed" ? t.html("sign.closed.text", { date: when(page, day!) }) : t.text("sign.archived.text")}</p>
<p><a class="btn line" href="${page.link(routes.letter(letter.slug))}">${t.text("sign.toLetter")}</a></p>
</div>`,
  });
}
