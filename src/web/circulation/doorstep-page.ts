import type { Seat } from "../../drafting/invitee.ts";
import { inviteeName } from "../../drafting/invitee.ts";
import { invitedKept } from "../../drafting/invitee-purge.ts";
import { type Html, html } from "../../foundation/html.ts";
import { isolated } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { whenInZone } from "../when.ts";
import { draftLayout } from "./layout.ts";
import { sooner } from "./sooner.ts";

/** Before the draft: what it is and that it is confidential, and a button. Of the letter nothing is shown yet. */
export function doorstepPage(page: PageContext, seat: Seat, token: string): Html {
  const { t, site } = page;
  const { circulation, invitee } = seat;
  const title = t.text("draft.doorstep.title");
  return draftLayout(
    page,
    title,
    html`<div class="top one flow">
<h1>${title}</h1>
<p>${t.html("draft.doorstep.text", { site: isolated(site.name), name: isolated(inviteeName(invitee)) })}</p>
${circulation.message && html`<blockquote class="note flow"><p dir="auto">${circulation.message}</p></blockquote>`}
${circulation.deadline && html`<p>${t.html("draft.until", { when: whenInZone(page, circulation.deadline, circulation.timeZone) })}</p>`}
<p>${t.text("draft.doorstep.confidential")}</p>
<p class="small soft">${t.text("draft.doorstep.noted")}</p>
<p class="small soft">${t.text("draft.kept", { days: invitedKept })} ${sooner(page)}</p>
<form action="${page.link(routes.draftOpen(token))}" method="post"><button class="btn">${icon("book")} ${t.text("draft.doorstep.button")}</button></form>
</div>`,
  );
}
