/** The languages of a letter beside each other; one can be added, or taken away. */
import { staleTranslations } from "../../../drafting/document.ts";
import type { Draft } from "../../../drafting/draft.ts";
import { type Html, html, raw } from "../../../foundation/html.ts";
import { isolated, languageName } from "../../../foundation/i18n.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { editionField } from "../field.ts";

/** Languages that a letter can be translated into, by the names that they have in themselves. */
export const textLanguages = (
  "ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km ko ku ky lo " +
  "lt lv mk mn ms mt my nb ne nl pa pl ps pt ro ru si sk sl so sq sr sv sw ta te tg th tk tr uk ur uz vi zh-Hans zh-Hant"
).split(" ");

/** Where the text in a language is written. */
export function textPath({ letterId, document }: Draft, language: string): string {
  return withQuery(routes.deskText(letterId), {
    language: language === document.language ? undefined : language,
  });
}

export function languagesNav(page: PageContext, draft: Draft, current: string): Html {
  const { t } = page;
  const { document, letterId } = draft;
  const stale = staleTranslations(document);
  const languages = [
    document.language,
    ...Object.keys(document.texts).filter((one) => one !== document.language),
  ];
  const offered = textLanguages.filter((one) => !languages.includes(one));
  const action = page.link(routes.deskLanguages(letterId));
  return html`<div class="split languages"><nav aria-label="${t.text("text.languages")}"><ul class="row">${languages.map(
    (one) =>
      html`<li><a href="${page.link(textPath(draft, one))}"${raw(one === current ? ' aria-current="page"' : "")}><span lang="${one}">${isolated(languageName(one))}</span></a>${one === document.language ? html` <span class="small soft">${t.text("text.original")}</span>` : stale.includes(one) && html` <span class="state bad">${icon("wait")} ${t.text("text.stale")}</span>`}</li>`,
  )}</ul></nav>
<details class="add"><summary>${t.text("text.language.add")}</summary><form class="q" action="${action}" method="post"><div><label for="language">${t.text("text.language")}</label><select id="language" name="language">${offered.map(
    (one) => html`<option value="${one}" lang="${one}">${languageName(one)}</option>`,
  )}</select></div><button class="btn line" name="do" value="add">${t.text("text.language.add.button")}</button></form></details>
${
  current !== document.language &&
  html`<details class="add"><summary>${t.text("text.language.remove")}</summary><form action="${action}" method="post"><p>${t.text("text.language.remove.text")}</p><input type="hidden" name="language" value="${current}">${editionField(draft.edition)}<button class="btn line sm" name="do" value="remove">${t.text("text.language.remove.button")}</button></form></details>`
}</div>`;
}
