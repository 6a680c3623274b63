/** Beside the draft: how this reader's answer stands, what can be done, until when, and who has signed so far. */
import { takesSignOns } from "../../drafting/circulation.ts";
import { invitedKept } from "../../drafting/invitee-purge.ts";
import type { SignOn } from "../../drafting/sign-on.ts";
import { type Html, html } from "../../foundation/html.ts";
import { isolated } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { whenExactly, whenInZone } from "../when.ts";
import type { DraftView } from "./draft-page.ts";
import { sooner } from "./sooner.ts";

export function answerAside(page: PageContext, view: DraftView): Html {
  const { t } = page;
  const { circulation } = view.seat;
  return html`<aside class="slip flow" id="answer" aria-labelledby="answer-h">
<h2 id="answer-h">${t.text("draft.yours")}</h2>
${answer(page, view)}
${circulation.deadline && html`<p class="small">${t.html(view.now < circulation.deadline ? "draft.until" : "draft.closed", { when: whenInZone(page, circulation.deadline, circulation.timeZone) })}</p>`}
${past(page, view)}
${standing(page, view.signOns)}
<p class="small soft">${t.text("draft.kept", { days: invitedKept })} ${sooner(page)}</p>
</aside>`;
}

function answer(page: PageContext, view: DraftView): Html {
  const { t } = page;
  const { seat, token, now } = view;
  const { signOn, invitee } = seat;
  const open = takesSignOns(seat.circulation, now);
  if (invitee.declinedAt)
    return html`<p>${t.html("draft.state.declined", { when: whenExactly(page, invitee.declinedAt) })}</p>${open && signLink(page, token, "draft.sign.after")}`;
  if (!signOn || signOn.state === "withdrawn")
    return html`<p>${t.text(signOn ? "draft.state.withdrawn" : "draft.state.none")}</p>${open && signLink(page, token, "draft.sign")}${declineForm(page, token)}`;
  return html`${how(page, view, signOn, open)}${buttonForm(page, routes.draftWithdraw(token), t.text("draft.withdraw"))}`;
}

function how(page: PageContext, { token, seat, look }: DraftView, signOn: SignOn, open: boolean): Html {
  const { t } = page;
  const { draft } = seat;
  const who = html`<b>${isolated(signOn.signatory.name)}</b>`;
  const condition =
    signOn.condition && html`<blockquote class="quoted" dir="auto">${signOn.condition}</blockquote>`;
  const word = signOn.outcomeWord && html`<p class="small" dir="auto">${signOn.outcomeWord}</p>`;
  const said = html`<p>${t.html(`draft.state.${signOn.state}`, { name: who, number: signOn.draft, latest: draft.number, when: whenExactly(page, signOn.at) })}</p>${condition}`;
  if (signOn.state === "to-renew") {
    const changes = routes.draftChanges(token, signOn.draft);
    return html`${said}<p><a href="${page.link(changes)}">${t.text("draft.changes.see")}</a></p>${open && (signOn.condition !== null && signOn.outcome !== "met" ? signLink(page, token, "draft.sign.anew") : renewForm(page, token, draft.number))}`;
  }
  if (signOn.state === "not-met")
    return html`${said}${word}${open && signLink(page, token, "draft.sign.without")}`;
  return html`${said}${signOn.outcome === "met" && html`<p>${icon("ok")} ${t.text("draft.condition.met")}</p>`}${word}${look && html`<p>${t.text("draft.state.look")}</p>`}${open && html`<p><a href="${page.link(routes.draftSign(token))}">${t.text("draft.sign.change")}</a></p>`}`;
}

function signLink(
  page: PageContext,
  token: string,
  label: "draft.sign" | "draft.sign.after" | "draft.sign.anew" | "draft.sign.without",
): Html {
  return html`<p><a class="btn full" href="${page.link(routes.draftSign(token))}">${icon("pen")} ${page.t.text(label)}</a></p>`;
}

/** Signs the words of the latest draft with what was given before. */
export function renewForm(page: PageContext, token: string, number: number): Html {
  return html`<form action="${page.link(routes.draftRenew(token))}" method="post"><input type="hidden" name="draft" value="${number}"><button class="btn full">${icon("pen")} ${page.t.text("draft.renew", { number })}</button></form>`;
}

function declineForm(page: PageContext, token: string): Html {
  const { t } = page;
  return html`<details><summary>${t.text("draft.decline")}</summary><form class="flow" action="${page.link(routes.draftDecline(token))}" method="post">
<div><label for="word">${t.text("draft.decline.word")}</label><textarea id="word" name="word" rows="3" dir="auto" maxlength="500"></textarea></div>
<button class="btn line">${t.text("draft.decline.button")}</button></form></details>`;
}

function buttonForm(page: PageContext, path: string, label: string): Html {
  return html`<form action="${page.link(path)}" method="post"><button class="plainly">${label}</button></form>`;
}

/** What was signed earlier, where something was: both facts stay. */
function past(page: PageContext, { history }: DraftView): Html | undefined {
  if (history.length < 2) return undefined;
  const { t } = page;
  return html`<h3>${t.text("draft.history")}</h3><ul class="small changes">${history.map((one) => html`<li>${t.html("draft.history.one", { number: one.draft, when: whenExactly(page, one.at) })}${one.withdrawnAt && html` ${t.html("draft.history.withdrawn", { when: whenExactly(page, one.withdrawnAt) })}`}</li>`)}</ul>`;
}

/** Who stands here so far. Names that are not to be shown are counted. */
function standing(page: PageContext, signOns: readonly SignOn[]): Html {
  const { t } = page;
  const given = signOns.filter(({ state }) => state !== "withdrawn" && state !== "not-met");
  const named = given.filter(({ signatory }) => signatory.show);
  return html`<h3 id="standing">${t.text("draft.standing", { count: given.length })}</h3>
${named.length > 0 && html`<ul class="list standing">${named.map(({ signatory, state }) => html`<li>${isolated(signatory.name)}${state !== "signed" && html` <span class="small soft">${t.text(`draft.standing.${state as "waiting" | "to-renew"}`)}</span>`}</li>`)}</ul>`}${
  given.length > named.length &&
  html`<p class="small soft">${t.text("draft.standing.unnamed", { count: given.length - named.length })}</p>`
}
<p class="small soft">${t.text("draft.standing.text")}</p>`;
}
