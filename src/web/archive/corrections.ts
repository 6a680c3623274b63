/** What was corrected in a letter since it became public. */
import type { Letter, SignedText } from "../../archive/letter.ts";
import { type Html, html } from "../../foundation/html.ts";
import { directionOf } from "../../foundation/i18n.ts";
import type { Correction } from "../../letters/correct-letter.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { when } from "../when.ts";

/** One correction: when, what and why, and the text that came of it. */
export function correctionItem(
  page: PageContext,
  { at, revision, note, changed }: Correction,
  letter: { readonly slug: string; readonly language: string },
): Html {
  const { t } = page;
  const { slug, language } = letter;
  const facts = changed.map((name) => t.text(`correction.fact.${name as "date"}`));
  return html`<li><p><b>${when(page, at)}</b></p>
<p lang="${language}" dir="${directionOf(language)}" class="prewrap">${note}</p>
<p class="small soft">${
    revision !== null &&
    html`<a href="${page.link(routes.revision(slug, revision))}">${t.text("revision.number", { number: revision })}</a> `
  }${facts.length > 0 && t.text("corrections.changed", { facts: t.list(facts) })}</p></li>
`;
}

/**
 * The section of a letter's page; nothing where nothing was corrected.
 * @param texts every text with the number of those who signed it; empty for letters that never opened
 */
export function correctionsSection(
  page: PageContext,
  letter: Letter,
  corrections: readonly Correction[],
  texts: readonly SignedText[],
): Html | undefined {
  if (corrections.length === 0 && texts.length < 2) return undefined;
  const { t } = page;
  const { slug, originalLanguage: language } = letter;
  return html`<section class="hang" aria-labelledby="corrections"><h2 id="corrections">${t.text("corrections.title")}</h2>
<div class="flow one">
${corrections.length > 0 && html`<ul class="list corrections">${corrections.map((one) => correctionItem(page, one, { slug, language }))}</ul>`}
${
  texts.length > 1 &&
  html`<p>${t.text("corrections.texts")}</p><ul class="list">${texts
    .toReversed()
    .map(
      ({ revision, publishedAt, signed }) =>
        html`<li><a href="${page.link(routes.revision(slug, revision))}">${t.html("revision.of", { number: revision, date: when(page, publishedAt) })}</a>: ${t.text("corrections.signed", { count: signed })}</li>`,
    )}</ul>`
}
</div></section>`;
}
