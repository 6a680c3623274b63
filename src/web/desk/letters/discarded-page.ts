import type { Discarded } from "../../../drafting/discard.ts";
import { titleIn } from "../../../drafting/document.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { when } from "../../when.ts";
import { deskLayout } from "../layout.ts";
import { table } from "../table.ts";

/** Drafts that were put aside, each with a button that takes it up again. */
export function discardedPage(page: PageContext, session: Session, drafts: readonly Discarded[]): Html {
  const { t } = page;
  const title = t.text("text.discarded");
  const columns = [
    t.text("desk.nav.letters"),
    t.text("text.discarded.until"),
    { buttons: t.text("text.discarded.takeUp") },
  ];
  return deskLayout(page, {
    title,
    session,
    nav: "letters",
    main: html`<div class="top flow"><h1>${title}</h1><p><a href="${page.link(routes.deskLetters())}">${t.text("desk.nav.letters")}</a></p></div>
${drafts.length === 0 ? html`<p>${t.text("text.discarded.none")}</p>` : table(title, columns, drafts.map(row))}`,
  });

  function row({ letterId, document, until }: Discarded) {
    const named = titleIn(document, page.language);
    const name = isolated(named.title || t.text("desk.letter.untitled"));
    return [
      html`<span${named.title && html` lang="${named.language}"`}>${name}</span>`,
      when(page, until),
      html`<form action="${page.link(routes.deskTakeUp(letterId))}" method="post"><button class="btn line sm">${t.text("text.discarded.takeUp")}<span class="vh">: ${name}</span></button></form>`,
    ];
  }
}
