import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { type HistoryState, historyList } from "../history-list.ts";
import { letterFrame } from "./frame.ts";

/** What was done to a letter at the desk. */
export function letterHistoryPage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  state: HistoryState,
): Html {
  return letterFrame(page, {
    session,
    letter,
    tab: "history",
    main: html`<div class="one flow"><p>${page.t.text("history.text.letter")}</p></div>
${historyList(page, routes.deskLetterHistory(letter.id), state)}`,
  });
}
