import type { Circulation } from "../../../drafting/circulation.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { ListedInvitee } from "../../../drafting/invitee.ts";
import { type Html, html } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { whenInZone } from "../../when.ts";
import { letterFrame } from "../letters/frame.ts";
import { stateOf } from "./invitee-table.ts";

/** A letter's circulation as a partner sees it: how their answer stands, and the way to the draft. */
export function partnerPage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  circulation: Circulation | undefined,
  place: ListedInvitee | undefined,
): Html {
  const { t } = page;
  const going = circulation && !circulation.endedAt && !place?.revokedAt;
  return letterFrame(page, {
    session,
    letter,
    tab: "circulation",
    main: html`<section class="hang" aria-labelledby="yours"><h2 id="yours">${t.text("draft.yours")}</h2><div class="flow one">
${place && html`<p>${stateOf(page, place)[0]}</p>`}
${
  going
    ? html`${circulation.message && html`<blockquote class="note"><p dir="auto">${circulation.message}</p></blockquote>`}
${circulation.deadline && html`<p>${t.html("draft.until", { when: whenInZone(page, circulation.deadline, circulation.timeZone) })}</p>`}
<p>${t.text("draft.doorstep.confidential")}</p>
<form action="${page.link(routes.deskCirculationEnter(letter.id))}" method="post"><button class="btn">${icon("book")} ${t.text("circulation.partner.button")}</button></form>`
    : html`<p>${t.text(place?.revokedAt ? "draft.revoked.text" : letter.slug ? "draft.ended.text" : "circulation.partner.notYet")}</p>`
}</div></section>`,
  });
}
