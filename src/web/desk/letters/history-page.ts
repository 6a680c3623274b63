import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { type HistoryState, historyList } from "../history-list.ts";
import { letterFrame, mayOpen } from "./frame.ts";
import { compareEdition } from "./versions.ts";

/** What was done to a letter at the desk. */
export function letterHistoryPage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  state: HistoryState,
): Html {
  const mayCompare = !letter.discarded && mayOpen(session.account.role, "GET deskCompare");
  const compared = new Set(mayCompare ? ["letter.save", "letter.restore"] : []);
  return letterFrame(page, {
    session,
    letter,
    tab: "history",
    main: html`<p class="one last">${page.t.text("history.text.letter")}</p>
${historyList(page, routes.deskLetterHistory(letter.id), state, ({ act, after }) =>
  compared.has(act) ? compareEdition(letter.id, after?.edition) : undefined,
)}`,
  });
}
