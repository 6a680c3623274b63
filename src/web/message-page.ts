/** A page that says one thing and shows ways on. */
import { type Html, html } from "../foundation/html.ts";
import type { MessageKey } from "../foundation/i18n.ts";
import { routes } from "../routes.ts";
import type { PageContext } from "./deps.ts";
import { layout } from "./layout.ts";

/** @param more further paragraphs, such as a form that helps on */
export function messagePage(page: PageContext, title: MessageKey, text: MessageKey, more?: Html): Html {
  const { t } = page;
  return layout(page, {
    title: t.text(title),
    noindex: true,
    main: html`<div class="top one flow">
<h1>${t.text(title)}</h1>
<p>${t.text(text)}</p>
${more}
<p><a href="${page.link(routes.archive())}">${t.text("error.allLetters")}</a></p>
</div>`,
  });
}
