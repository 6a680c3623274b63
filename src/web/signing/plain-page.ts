import { type Content, type Html, html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { SignableLetter } from "../../signing/letter.ts";
import type { PageContext } from "../deps.ts";
import { layout } from "../layout.ts";
import { quotedTitle } from "./sign-page.ts";

export interface PlainPage {
  readonly title: string;
  /** The letter that it is about; its title and a link to it are shown. */
  readonly letter?: Pick<SignableLetter, "slug" | "title" | "titleLanguage">;
  readonly text: Content;
  /** What can be done. */
  readonly more?: Content;
}

/** A page that says how things stand with a signature, and helps on. */
export function plainPage(page: PageContext, { title, letter, text, more }: PlainPage): Html {
  const { t } = page;
  return layout(page, {
    title,
    noindex: true,
    main: html`<div class="top one flow">
<h1>${title}</h1>
${letter && quotedTitle(letter)}
<p>${text}</p>
${more}
${letter ? html`<p><a href="${page.link(routes.letter(letter.slug))}">${t.text("sign.toLetter")}</a></p>` : html`<p><a href="${page.link(routes.archive())}">${t.text("error.allLetters")}</a></p>`}
</div>`,
  });
}

/** A form that is one button. */
export function buttonForm(page: PageContext, path: string, label: string): Html {
  return html`<form action="${page.link(path)}" method="post"><button class="btn">${label}</button></form>`;
}
