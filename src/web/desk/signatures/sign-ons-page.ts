import type { CirculationStanding } from "../../../drafting/circulation.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { Questionable } from "../../../drafting/sign-on-look.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { letterFrame, mayOpen } from "../letters/frame.ts";
import { beside, whyHeld } from "../review/signature-words.ts";
import { table } from "../table.ts";

/** What can just have been done. */
export const signOnNotes = ["good", "again", "gone"] as const;

export interface SignOnsView {
  /** Nothing for a letter that never circulated. */
  readonly standing: CirculationStanding | undefined;
  readonly questionable: readonly Questionable[];
  readonly note: (typeof signOnNotes)[number] | undefined;
}

/**
 * The signatures of a letter that is not public yet: none, but sign-ons of its circulation, and who of them would be
 * held.
 */
export function signOnsPage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  { standing, questionable, note }: SignOnsView,
): Html {
  const { t } = page;
  const { role } = session.account;
  const signed = standing?.signed ?? 0;
  return letterFrame(page, {
    session,
    letter,
    tab: "signatures",
    note: note && html`<p class="note" role="status">${t.text(`signOns.done.${note}`)}</p>`,
    main: html`<section class="hang" aria-labelledby="yet"><h2 id="yet">${t.text("signatures.title")}</h2>
<div class="flow"><p class="one">${t.text("signOns.none")}${standing && html` ${t.text("signOns.circulating", { count: signed })}`}</p>
<p class="row small">${standing && mayOpen(role, "GET deskCirculation") && html`<a href="${page.link(routes.deskCirculation(letter.id))}">${t.text("desk.letter.tab.circulation")}</a> `}<a href="${page.link(routes.deskModeration(letter.id))}">${t.text("moderation.title")}</a></p></div></section>
${questionable.length > 0 && heldSection(page, letter, questionable)}`,
  });
}

function heldSection(page: PageContext, letter: DeskLetter, questionable: readonly Questionable[]): Html {
  const { t } = page;
  return html`<section class="hang" aria-labelledby="held"><h2 id="held">${t.text("signOns.held")}</h2>
<div class="flow"><p class="one">${t.text("signOns.held.text")}</p>
${table(
  t.text("signOns.held"),
  [t.text("review.name"), t.text("review.why"), { buttons: t.text("signOns.look") }],
  questionable.map((one) => [
    html`<b>${isolated(one.signatory.name)}</b><br><span class="small soft">${beside(page, { ...one.signatory, address: one.address })}</span>`,
    whyHeld(page, { ...one, kind: one.signatory.kind }),
    lookForm(page, letter, one),
  ]),
)}</div></section>`;
}

function lookForm(page: PageContext, letter: DeskLetter, { id, signatory, foundGood }: Questionable): Html {
  const { t } = page;
  const name = html`<span class="vh">: ${isolated(signatory.name)}</span>`;
  return html`<form action="${page.link(routes.deskSignOn(letter.id, id))}" method="post">${
    foundGood
      ? html`<span class="state on">${icon("ok")} ${t.text("signOns.good")}</span> <button class="btn sm line" name="do" value="again">${t.text("signOns.again.button")}${name}</button>`
      : html`<button class="btn sm" name="do" value="good">${t.text("signOns.good.button")}${name}</button>`
  }</form>`;
}
