import { type Html, html } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import type { LetterTitle } from "../../../letters/titles.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { Decision } from "../../../signing/decision.ts";
import type { PageContext } from "../../deps.ts";
import { whenExactly } from "../../when.ts";
import { deskLayout } from "../layout.ts";
import { table } from "../table.ts";
import { conditionFacts } from "./all-page.ts";

/** What was done just now, or why it was not. */
export const decisionNotes = [
  "accept",
  "refuse",
  "undone",
  "letter-unknown",
  "letter-closed",
  "nothing-found",
  "already-undone",
] as const;

export interface DecisionsState {
  readonly decisions: readonly Decision[];
  /** Where the next page begins. */
  readonly next: string | undefined;
  /** The letter of which alone they are. */
  readonly letter: string | undefined;
  /** The titles of all letters that are named. */
  readonly letters: readonly LetterTitle[];
  readonly note: (typeof decisionNotes)[number] | undefined;
}

/** What was decided, the latest first; each can be taken back. */
export function decisionsPage(page: PageContext, session: Session, state: DecisionsState): Html {
  const { t } = page;
  const { decisions, next, letter, letters, note } = state;
  const title = t.text("decisions.title");
  const titles = new Map(letters.map((letter) => [letter.id, letter]));
  const only = letter === undefined ? undefined : titles.get(letter);
  return deskLayout(page, {
    title,
    session,
    nav: "review",
    main: html`<div class="top one flow">${note && html`<p class="box" role="status">${noteWords(page, note, decisions[0])}</p>`}
<p class="row small"><a href="${page.link(routes.deskReview())}">${t.text("review.title")}</a></p>
<h1>${title}</h1><p>${t.text("decisions.text")}</p>${only && html`<p>${t.html("decisions.letter", { title: html`<b lang="${only.titleLanguage}">${isolated(only.title)}</b>`, a: (words) => html`<a href="${page.link(routes.deskDecisions())}">${words}</a>` })}</p>`}</div>
${
  decisions.length === 0
    ? html`<p class="after">${t.text("decisions.nothing")}</p>`
    : table(
        title,
        [
          t.text("history.what"),
          t.text("history.who"),
          t.text("decisions.reached"),
          { buttons: t.text("review.undo") },
        ],
        decisions.map((one) => row(page, one, titles.get(one.letterId))),
      )
}${next && html`<p class="after"><a href="${page.link(withQuery(routes.deskDecisions(), { letter, after: next }))}">${t.text("history.older")}</a></p>`}`,
  });
}

/** One that was carried out meanwhile is not under way. */
function noteWords(
  { t }: PageContext,
  note: (typeof decisionNotes)[number],
  latest: Decision | undefined,
): string {
  if ((note === "accept" || note === "refuse") && latest?.verdict === note && latest.finishedAt)
    return t.text(`review.done.${note}`, { count: latest.touched });
  return t.text(`decisions.done.${note}`);
}

function row(page: PageContext, one: Decision, letter: LetterTitle | undefined): Html[] {
  const { t } = page;
  const { verdict, reason, condition, undoes } = one;
  const what = undoes ? t.text("decisions.what.undo") : t.text(`decisions.what.${verdict}`);
  const running = one.finishedAt === null;
  return [
    html`<b>${what}</b>${reason && html`<br><span class="small">${t.text(`refusal.${reason}`)}</span>`}${letter && html`<br><a class="small" lang="${letter.titleLanguage}" href="${page.link(routes.deskSignatures(letter.id))}">${isolated(letter.title)}</a>`}${condition && html`<dl class="facts narrow small">${conditionFacts(page, condition)}</dl>`}`,
    html`${one.accountName === null ? t.text("history.actor.system") : isolated(one.accountName)}<br><span class="small soft">${whenExactly(page, one.decidedAt)}</span>`,
    html`${running ? t.text("decisions.running", { touched: one.touched, expected: one.expected }) : t.number(one.touched)}`,
    one.undoneBy || verdict === "hold"
      ? html`${one.undoneBy && html`<span class="soft">${t.text("decisions.undone")}</span>`}`
      : html`<form action="${page.link(routes.deskDecisionUndo(one.id))}" method="post"><button class="btn sm line">${t.text("review.undo")}<span class="vh">: ${what}, ${t.dateTime(one.decidedAt)}</span></button></form>`,
  ];
}
