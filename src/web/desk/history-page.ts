import { type Html, html } from "../../foundation/html.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { type HistoryState, historyList } from "./history-list.ts";
import { deskLayout } from "./layout.ts";

/** What was done at the desk: who, what, when, and what was there before and after. */
export function historyPage(page: PageContext, session: Session, state: HistoryState): Html {
  const { t } = page;
  const title = t.text("desk.nav.history");
  return deskLayout(page, {
    title,
    session,
    nav: "history",
    main: html`<div class="top one flow"><h1>${title}</h1><p>${t.text(session.account.role === "owner" ? "history.text" : "history.text.own")}</p></div>
${historyList(page, routes.deskHistory(), state)}`,
  });
}
