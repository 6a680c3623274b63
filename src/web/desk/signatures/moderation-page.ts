import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { Moderation } from "../../../signing/moderation.ts";
import type { PageContext } from "../../deps.ts";
import { onDay } from "../../when.ts";
import { radios } from "../field.ts";
import { letterFrame, mayOpen } from "../letters/frame.ts";

/** How a letter takes signatures, and what is held whatever it says. */
export function moderationPage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  rules: Moderation,
  held: number,
  saved: boolean,
): Html {
  const { t } = page;
  const title = t.text("moderation.title");
  const choices = (["accept", "hold"] as const).map((value) => ({
    value,
    label: t.text(`moderation.${value}`),
    hint: t.text(`moderation.${value}.hint`),
  }));
  return letterFrame(page, {
    session,
    letter,
    tab: "signatures",
    title,
    note: saved && html`<p class="box" role="status">${t.text("moderation.saved")}</p>`,
    main: html`<section class="hang" aria-labelledby="rules"><h2 id="rules">${title}</h2>
<form class="fields one" action="${page.link(routes.deskModeration(letter.id))}" method="post">
<p class="row small"><a href="${page.link(routes.deskSignatures(letter.id))}">${t.text("signatures.title")}</a></p>
${radios("people", t.text("moderation.people"), choices, rules.holdPeople ? "hold" : "accept")}
${radios("organisations", t.text("moderation.organisations"), choices, rules.holdOrganisations ? "hold" : "accept")}
<button class="btn">${t.text("moderation.save")}</button>
<p class="hint">${t.text("moderation.since")}</p>
</form></section>
<section class="hang" aria-labelledby="always"><h2 id="always">${t.text("moderation.always")}</h2>
<ul class="list dots one"><li>${t.text("moderation.always.watched")}${mayOpen(session.account.role, "GET deskWatchList") && html` <a href="${page.link(routes.deskWatchList())}">${t.text("settings.tab.watchList")}</a>`}</li><li>${t.text("moderation.always.domain")}</li><li>${t.text("moderation.always.again")}</li></ul></section>
<section class="hang" aria-labelledby="closing"><h2 id="closing">${t.text("moderation.closing")}</h2>
<div class="one flow"><p>${t.text("moderation.closing.text")}</p>
${held > 0 && html`<p><a href="${page.link(withQuery(routes.deskReview(), { letter: letter.id }))}">${t.text("moderation.held", { count: held })}</a>${letter.closesOn && letter.stage === "open" && html` <span class="soft">${t.html("moderation.until", { day: onDay(page, letter.closesOn) })}</span>`}</p>`}
</div></section>`,
  });
}
