import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { Draft } from "../../../drafting/draft.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated, languageName } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { whenExactly } from "../../when.ts";
import { letterFrame, mayOpen } from "./frame.ts";

/** A letter that is not public yet, at a glance. */
export function draftOverviewPage(
  page: PageContext,
  session: Session,
  state: { readonly letter: DeskLetter; readonly draft: Draft; readonly frozen: number },
): Html {
  const { t } = page;
  const { letter, draft, frozen } = state;
  const { document, savedAt, savedBy, edition } = draft;
  const written = Object.entries(document.texts).filter(([, { body }]) => body.trim() !== "");
  const mayWrite = mayOpen(session.account.role, "GET deskText");
  return letterFrame(page, {
    session,
    letter,
    tab: "overview",
    main: html`<section class="hang" aria-labelledby="glance"><h2 id="glance">${t.text("desk.overview.glance")}</h2><div class="flow one">
<p>${t.text(written.length > 0 ? "desk.draft.written" : "desk.draft.empty")}</p>
${mayWrite && written.length === 0 && html`<p><a class="btn" href="${page.link(routes.deskText(letter.id))}">${icon("pen")} ${t.text("desk.draft.write")}</a></p>`}
<dl class="facts">
<dt>${t.text("desk.draft.saved")}</dt><dd>${whenExactly(page, savedAt)}${savedBy && html`<br>${isolated(savedBy)}`}</dd>
<dt>${t.text("desk.draft.edition")}</dt><dd>${t.number(edition)}</dd>
<dt>${t.text("desk.draft.frozen")}</dt><dd>${t.number(frozen)}</dd>
<dt>${t.text("desk.draft.languages")}</dt><dd>${written.length > 0 ? t.listHtml(written.map(([language]) => html`<span lang="${language}">${isolated(languageName(language))}</span>`)) : "–"}</dd>
<dt>${t.text("desk.draft.addressees")}</dt><dd>${document.addressees.length > 0 ? t.listHtml(document.addressees.map(({ name }) => isolated(name))) : "–"}</dd>
</dl></div></section>
${mayWrite && written.length > 0 && whatNext(page, letter)}`,
  });
}

/** Where a letter that is written goes from here. */
function whatNext(page: PageContext, { id, stage }: DeskLetter): Html {
  const { t } = page;
  const step = (path: string, name: string, words: string) =>
    html`<li><a href="${page.link(path)}">${name}</a><br><span class="small soft">${words}</span></li>`;
  return html`<section class="hang" aria-labelledby="next"><h2 id="next">${t.text("desk.draft.next")}</h2><ul class="list one">
${stage === "drafting" && step(routes.deskCirculation(id), t.text("desk.letter.tab.circulation"), t.text("desk.letters.first.circulate"))}
${step(routes.deskPublishing(id), t.text("desk.letter.tab.publishing"), t.text("desk.letters.first.publish"))}
</ul></section>`;
}
