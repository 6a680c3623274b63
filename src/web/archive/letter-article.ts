/** The letter set as a letter. */
import type { Entry } from "../../archive/entry.ts";
import type { Text } from "../../archive/letter.ts";
import { type Html, html } from "../../foundation/html.ts";
import { directionOf, isLanguage, languageName, languages, translator } from "../../foundation/i18n.ts";
import { renderMarkdown } from "../../foundation/markdown.ts";
import { withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { when } from "../when.ts";
import { name } from "./words.ts";

/** Titles with more characters are set smaller, so that the letter begins within the first view. */
const longTitle = 80;

/** A letter with one of its revisions: `text` is the one that is shown, of all that there are. */
export interface Readable extends Entry {
  readonly texts: readonly Text[];
  readonly text: Text;
}

export interface ArticleOptions {
  /** The path of the page. */
  readonly path: string;
  /** Whether the letter can be signed, below on this page. */
  readonly open?: boolean;
  /** What is to be known first. */
  readonly note?: Html;
  /** What stands under it. */
  readonly after?: Html | undefined;
}

/** Title, date, addressees, text and initiators; where the text is not held, the summary and a word that says so. */
export function letterArticle(page: PageContext, letter: Readable, options: ArticleOptions): Html {
  const { t } = page;
  const { language, text } = letter;
  const { path, open, note, after } = options;
  const box = (words: Html | string) =>
    html`<p class="box example" lang="${page.language}" dir="${directionOf(page.language)}">${words}</p>`;
  const count = letter.people + letter.organisations;
  // Date and addressees stand in the letter's own language, so far as the interface speaks it.
  const inside: PageContext = isLanguage(language) ? { ...page, language, t: translator(language) } : page;
  return html`<article class="letter" lang="${language}" dir="${directionOf(language)}">
${languagesOf(page, letter, path)}${note && box(note)}${letter.example && box(t.text("letter.example"))}
<h1${letter.title.length > longTitle && html` class="long"`}>${letter.title}</h1>
${open && html`<p class="jump noprint" lang="${page.language}" dir="${directionOf(page.language)}">${count > 0 && html`<span>${t.html("letter.haveSigned", { count, b: (chunks) => html`<b>${chunks}</b>` })}</span> `}<a class="btn sm" href="#sign">${icon("pen")} ${t.text("letter.sign")}</a></p>`}
<p class="date">${when(inside, letter.date)}</p>
${letter.addressees.length > 0 && html`<p class="to">${inside.t.html("letter.to", { addressees: inside.t.listHtml(letter.addressees.map((one) => name(one.name))) })}</p>`}
${
  text.body === null
    ? notHeld(page, letter)
    : html`${renderMarkdown(text.body)}
${letter.initiators.length > 0 && html`<ul class="signed">${letter.initiators.map((one) => html`<li>${name(one)}</li>`)}</ul>`}`
}
${after}
</article>`;
}

/** What stands in place of a text that the archive does not hold. */
function notHeld(page: PageContext, letter: Readable): Html {
  return html`<p class="soft note" lang="${page.language}" dir="${directionOf(page.language)}">${page.t.text("letter.notHeld")}</p>
${letter.summary && html`<p>${letter.summary}</p>`}`;
}

/** The letter's other languages. One that the site offers changes the interface too. */
function languagesOf(page: PageContext, { texts, language }: Readable, path: string): Html | undefined {
  if (texts.length < 2) return undefined;
  const { t } = page;
  const inOrder = texts.toSorted((a, b) => rank(a.language) - rank(b.language));
  return html`<nav class="langs noprint" lang="${page.language}" dir="${directionOf(page.language)}" aria-label="${t.text("letter.languages")}"><span class="soft">${t.text("letter.readIn")}</span>${inOrder.map(
    (one) => {
      const own = languageName(one.language);
      if (one.language === language)
        return html`<span aria-current="true" lang="${one.language}">${own}</span>`;
      const href = page.languages.some((offered) => offered === one.language)
        ? withQuery(path, { lang: one.language })
        : page.link(withQuery(path, { text: one.language }));
      return html`<a href="${href}" hreflang="${one.language}" lang="${one.language}" dir="${directionOf(one.language)}">${own}</a>`;
    },
  )}</nav>
`;
}

/** Languages stand in one order on every page; those that the interface does not speak come last. */
function rank(language: string): number {
  return isLanguage(language) ? languages.indexOf(language) : languages.length;
}
