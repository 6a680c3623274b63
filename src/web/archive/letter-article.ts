/** The letter set as a letter. */
import type { Letter } from "../../archive/letter.ts";
import { type Html, html } from "../../foundation/html.ts";
import { directionOf, isLanguage, languageName, translator } from "../../foundation/i18n.ts";
import { renderMarkdown } from "../../foundation/markdown.ts";
import { routes, withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { name, when } from "./words.ts";

/** Title, date, addressees, text and initiators; where the text is not held, the summary and a word that says so. */
export function letterArticle(page: PageContext, letter: Letter, open: boolean): Html {
  const { t } = page;
  const { language, text } = letter;
  const count = letter.people + letter.organisations;
  // Date and addressees stand in the letter's own language, so far as the interface speaks it.
  const inside: PageContext = isLanguage(language) ? { ...page, language, t: translator(language) } : page;
  return html`<article class="letter" lang="${language}" dir="${directionOf(language)}">
${languagesOf(page, letter)}${letter.example && html`<p class="box example" lang="${page.language}" dir="${directionOf(page.language)}">${t.text("letter.example")}</p>`}
<h1>${letter.title}</h1>
${open && html`<p class="jump noprint" lang="${page.language}" dir="${directionOf(page.language)}">${count > 0 && html`<span>${t.html("letter.haveSigned", { count, b: (chunks) => html`<b>${chunks}</b>` })}</span> `}<a class="btn sm" href="#sign">${icon("pen")} ${t.text("letter.sign")}</a></p>`}
<p class="date">${when(inside, letter.date)}</p>
${letter.addressees.length > 0 && html`<p class="to">${inside.t.html("letter.to", { addressees: inside.t.listHtml(letter.addressees.map((one) => name(one.name))) })}</p>`}
${
  text.body === null
    ? notHeld(page, letter)
    : html`${renderMarkdown(text.body)}
${letter.initiators.length > 0 && html`<ul class="signed">${letter.initiators.map((one) => html`<li>${name(one)}</li>`)}</ul>`}`
}
</article>`;
}

/** What stands in place of a text that the archive does not hold. */
function notHeld(page: PageContext, letter: Letter): Html {
  return html`<p class="soft note" lang="${page.language}" dir="${directionOf(page.language)}">${page.t.text("letter.notHeld")}</p>
${letter.summary && html`<p>${letter.summary}</p>`}`;
}

/** The letter's other languages. One that the interface speaks changes the interface too. */
function languagesOf(page: PageContext, { texts, language, slug }: Letter): Html | undefined {
  if (texts.length < 2) return undefined;
  const { t } = page;
  return html`<nav class="langs noprint" lang="${page.language}" dir="${directionOf(page.language)}" aria-label="${t.text("letter.languages")}"><span class="soft">${t.text("letter.readIn")}</span>${texts.map(
    (one) => {
      const own = languageName(one.language);
      if (one.language === language)
        return html`<span aria-current="true" lang="${one.language}">${own}</span>`;
      const href = isLanguage(one.language)
        ? withQuery(routes.letter(slug), { lang: one.language })
        : page.link(withQuery(routes.letter(slug), { text: one.language }));
      return html`<a href="${href}" hreflang="${one.language}" lang="${one.language}" dir="${directionOf(one.language)}">${own}</a>`;
    },
  )}</nav>
`;
}
