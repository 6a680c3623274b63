import { type Html, html } from "../../foundation/html.ts";
import type { MessageKey } from "../../foundation/i18n.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { mayOpen } from "./letters/frame.ts";
import { plainDeskPage } from "./plain-page.ts";

/** What could not be done for somebody who is at the desk, with the ways back. */
export function deskMessagePage(
  page: PageContext,
  session: Session,
  title: MessageKey,
  text: MessageKey,
): Html {
  const { t } = page;
  const way = (path: string, words: string) => html`<a href="${page.link(path)}">${words}</a>`;
  return plainDeskPage(page, session, {
    title: t.text(title),
    text: t.text(text),
    on: html`${way(routes.desk(), t.text("desk.back"))}${mayOpen(session.account.role, "GET deskLetters") && html` · ${way(routes.deskLetters(), t.text("desk.nav.letters"))}`}`,
  });
}
