/** How to cite a letter. */
import { authorsOf } from "../../archive/cite.ts";
import type { Letter } from "../../archive/letter.ts";
import { type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { inLanguageOf, name } from "./words.ts";

/** The citation as text, and the files that bibliographies take. @param ahead it is not public yet: there are no files */
export function citeSection(page: PageContext, letter: Letter, ahead = false): Html {
  const { t, site } = page;
  const authors = authorsOf({ letter, publisher: site.name });
  const values = {
    title: html`<span${inLanguageOf(page, letter.language)}>${name(letter.title)}</span>`,
    kind: t.text(`cite.kind.${letter.kind}`),
    date: t.date(letter.date),
    url: html`<bdi dir="ltr" class="url">${page.absolute(routes.letter(letter.slug))}</bdi>`,
  };
  const text =
    authors.length > 0
      ? t.html("cite.text", { ...values, authors: t.listHtml(authors.map(name)) })
      : t.html("cite.text.noAuthor", values);
  return html`<section class="hang" aria-labelledby="cite"><h2 id="cite">${t.text("cite.title")}</h2>
<div class="flow one">
<p>${text}</p>
${ahead ? html`<p class="small soft">${t.text("cite.ahead")}</p>` : files(page, letter)}
</div></section>`;
}

function files({ t }: PageContext, letter: Letter): Html {
  return html`<ul class="row noprint"><li><a href="${routes.letterBibtex(letter.slug)}" download>BibTeX</a></li><li><a href="${routes.letterCsl(letter.slug)}" download>CSL-JSON</a></li><li><a href="${routes.letterJson(letter.slug)}">${t.text("cite.json")}</a></li></ul>`;
}
