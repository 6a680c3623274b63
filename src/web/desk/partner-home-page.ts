import type { DeskLetter } from "../../drafting/desk-letter.ts";
import { type Html, html } from "../../foundation/html.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { when } from "../when.ts";
import { waitingSection } from "./home-page.ts";
import { deskLayout } from "./layout.ts";
import { stageMark } from "./letters/frame.ts";
import { letterName } from "./letters/letter-table.ts";
import { table } from "./table.ts";
import type { WaitingItem } from "./waiting/waiting.ts";

export interface PartnerHomeState {
  readonly waiting: readonly WaitingItem[];
  /** Those that they are invited to, the latest invitation first. */
  readonly letters: readonly DeskLetter[];
  readonly now: Date;
}

/** The first page of the desk, for a partner: the letters that they are invited to. */
export function partnerHomePage(page: PageContext, session: Session, state: PartnerHomeState): Html {
  const { t } = page;
  const { waiting, letters, now } = state;
  const title = t.text("desk.home.title");
  const heading = t.text("desk.home.yours");
  return deskLayout(page, {
    title,
    session,
    nav: "home",
    main: html`<div class="top flow"><h1>${title}</h1><p class="soft">${when(page, now)}</p></div>
${waitingSection(page, waiting, now)}
<section class="hang" aria-labelledby="yours"><h2 id="yours">${heading}</h2>${
      letters.length > 0
        ? table(
            heading,
            [t.text("desk.letters.column.letter"), t.text("desk.letters.column.stands")],
            letters.map((letter) => [
              letterName(page, letter, pathOf(letter)),
              stageMark(page, letter.stage),
            ]),
          )
        : html`<p>${t.text("desk.home.yours.none")}</p>`
    }</section>`,
  });
}

/** Before it is public, to where it is read, commented on and signed; then to its public page. */
function pathOf({ id, slug }: DeskLetter): string {
  return slug === null ? routes.deskCirculation(id) : routes.letter(slug);
}
