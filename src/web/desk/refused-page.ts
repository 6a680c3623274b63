import { type Html, html } from "../../foundation/html.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { plainDeskPage } from "./plain-page.ts";

/** Somebody is signed in, and may not do this. */
export function refusedPage(page: PageContext, session: Session): Html {
  const { t } = page;
  return plainDeskPage(page, session, {
    title: t.text("desk.refused.title"),
    text: t.text("desk.refused.text", { role: t.text(`desk.role.${session.account.role}`) }),
    on: html`<a href="${page.link(routes.desk())}">${t.text("desk.back")}</a>`,
  });
}
