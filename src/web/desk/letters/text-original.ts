/** The original, beside which a translation is written. */
import type { TextDifference } from "../../../drafting/compare.ts";
import { originalOf } from "../../../drafting/document.ts";
import type { Draft } from "../../../drafting/draft.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { directionOf, languageName } from "../../../foundation/i18n.ts";
import { renderMarkdown } from "../../../foundation/markdown.ts";
import type { PageContext } from "../../deps.ts";
import { differenceView } from "../../difference.ts";
import { icon } from "../../icons.ts";

/** How a translation stands to its original. */
export interface Origin {
  /** The hash of the original as it is shown here (originalHash). */
  readonly hash: string;
  /** The original has changed since the translation was made. */
  readonly stale: boolean;
  /** What has changed; undefined where it is not known what the translation was made from. */
  readonly since?: readonly TextDifference[] | undefined;
}

export function originalBeside(page: PageContext, { document }: Draft): Html {
  const { t } = page;
  const { language } = document;
  const { title, summary, body } = originalOf(document);
  const own = html`lang="${language}" dir="${directionOf(language)}"`;
  return html`<details class="original" open><summary>${t.html("text.original.of", { language: html`<span lang="${language}">${languageName(language)}</span>` })}</summary>
<div class="letter" ${own}><p><b>${title}</b></p>${summary && html`<p><i>${summary}</i></p>`}${renderMarkdown(body)}</div></details>`;
}

/** What has changed in the original, and the word that the translation has followed. */
export function movedOn(page: PageContext, { hash, since }: Origin): Html {
  const { t } = page;
  return html`<section class="box flow moved" aria-labelledby="moved-heading"><h2 id="moved-heading" class="h">${icon("wait")} ${t.text("text.stale.heading")}</h2>
${
  since
    ? since.map(
        ({ field, pieces, language }) =>
          html`<h3>${t.text(`text.${field}`)}</h3>${differenceView(page, pieces, language)}`,
      )
    : html`<p>${t.text("text.stale.unknown")}</p>`
}
<div class="pick"><input type="checkbox" id="confirmed" name="confirmed" value="${hash}"><label for="confirmed">${t.text("text.confirmed")}</label></div></section>`;
}
