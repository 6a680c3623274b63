import { type Html, html } from "../../../foundation/html.ts";
import { languageName, languages } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { field, select } from "../field.ts";
import { deskLayout } from "../layout.ts";

/** Starts a letter: its title, as far as it is known, and its language. */
export function startPage(page: PageContext, session: Session): Html {
  const { t } = page;
  const title = t.text("desk.letters.start");
  const choices = languages.map((value) => ({ value, label: languageName(value), language: value }));
  return deskLayout(page, {
    title,
    session,
    nav: "letters",
    main: html`<div class="top one flow">
<p class="row small"><a href="${page.link(routes.deskLetters())}">${t.text("desk.nav.letters")}</a></p>
<h1>${title}</h1>
<p>${t.text("desk.letters.start.text")}</p>
</div>
<form class="fields ruled one" action="${page.link(routes.deskStart())}" method="post">
${field({ name: "title", label: t.text("desk.letters.start.title"), value: "" })}
${select({ name: "language", label: t.text("desk.letters.start.language"), choices, chosen: page.language })}
<button class="btn">${title}</button>
</form>`,
  });
}
