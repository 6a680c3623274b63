/** A letter that is open for signature, at the top of the archive. */
import type { Entry } from "../../archive/entry.ts";
import { type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { onDay } from "../when.ts";
import { statusMark } from "./status-mark.ts";
import { inLanguageOf } from "./words.ts";

/** @param index its place among the open letters, for its identifier */
export function featured(page: PageContext, letter: Entry, index: number): Html {
  const { t } = page;
  const path = page.link(routes.letter(letter.slug));
  const lang = inLanguageOf(page, letter.language);
  const count = letter.people + letter.organisations;
  const { closesOn } = letter;
  return html`<section class="hang" aria-labelledby="now-${index}">
<p>${statusMark(page, letter)}${
    closesOn &&
    html`<br><span class="small soft">${t.html("status.until", { when: onDay(page, closesOn) })}</span>`
  }${letter.example && html`<br><span class="small soft">${t.text("letter.example.short")}</span>`}</p>
<div class="flow one">
<h2 id="now-${index}" class="big"><a class="plain" href="${path}"${lang}>${letter.title}</a></h2>
${letter.summary && html`<p${lang}>${letter.summary}</p>`}
<p class="row mid"><a class="btn" href="${path}">${t.text("list.readAndSign")}</a> <span class="soft">${
    count === 0
      ? t.text("list.beFirst")
      : t.text(letter.organisations > 0 ? "list.signed.both" : "list.signed", {
          count,
          organisations: letter.organisations,
        })
  }</span></p>
</div>
</section>
`;
}
