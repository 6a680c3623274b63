import { takesSignOns } from "../../drafting/circulation.ts";
import { type Thread, whereaboutsOf } from "../../drafting/comment.ts";
import { inviteeName, type Seat } from "../../drafting/invitee.ts";
import type { SignOn } from "../../drafting/sign-on.ts";
import { type Html, html } from "../../foundation/html.ts";
import { directionOf, isLanguage, isolated, languageName, translator } from "../../foundation/i18n.ts";
import { type Block, renderBlocks } from "../../foundation/markdown.ts";
import { routes, withQuery } from "../../routes.ts";
import { name } from "../archive/words.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { whenExactly } from "../when.ts";
import { answerAside } from "./answer-aside.ts";
import { draftLayout } from "./layout.ts";
import { threadsOf } from "./thread.ts";
import { watermark } from "./watermark.ts";

/** What can just have been done. */
export const draftNotes = ["signed", "withdrawn", "declined", "commented", "settled"] as const;

export interface DraftView {
  readonly seat: Seat;
  readonly token: string;
  /** Of the text that is shown. */
  readonly language: string;
  readonly threads: readonly Thread[];
  readonly signOns: readonly SignOn[];
  /** All that this invitee gave, the latest first. */
  readonly history: readonly SignOn[];
  /** Whether the organisers look at what this invitee gave before it stands under the letter. */
  readonly look: boolean;
  readonly now: Date;
  readonly note: (typeof draftNotes)[number] | undefined;
}

/** The draft as those invited read it: the text with its comments, how one can answer, and who has signed so far. */
export function draftPage(page: PageContext, view: DraftView): Html {
  const { t } = page;
  const { seat, language, threads, note } = view;
  const { title, body } = seat.draft.document.texts[language] ?? { title: "", body: "" };
  const blocks = renderBlocks(body);
  const words = blocks.map((block) => block.words);
  const here = threads.filter((thread) => thread.language === language);
  const placed = Map.groupBy(here, (thread) => whereaboutsOf(thread, words));
  const elsewhere = threads.filter((thread) => thread.language !== language);
  return draftLayout(
    page,
    title,
    html`<div class="top draft-top flow">
${note && html`<p class="note" role="status">${doneWords(page, note, seat.signOn)}</p>`}
${seat.signOn?.state === "to-renew" && html`<p class="note noprint">${t.text("draft.renew.note")} <a href="${page.link(routes.draftChanges(view.token, seat.signOn.draft))}">${t.text("draft.changes.see")}</a></p>`}
<p class="row noprint"><a class="btn sm" href="#answer">${icon("pen")} ${t.text(isAsked(view) ? "draft.answer.jump" : "draft.yours")}</a> <a href="#comments">${t.text("draft.comments.jump", { count: threads.length })}</a></p>
</div>
<div class="desk">
<div>
${article(page, view, title, blocks, placed)}
${comments(page, view, placed.get("whole") ?? [], placed.get("gone") ?? [], elsewhere)}
</div>
${answerAside(page, view)}
</div>
${passageBar(page, view)}`,
  );
}

function doneWords({ t }: PageContext, note: (typeof draftNotes)[number], given: SignOn | undefined): string {
  return t.text(
    note === "signed" && given?.state === "waiting" ? "draft.done.condition" : `draft.done.${note}`,
  );
}

/** Whether the reader can sign, and has neither signed nor declined. */
function isAsked({ seat, now }: DraftView): boolean {
  const { circulation, invitee, signOn } = seat;
  const answered = invitee.declinedAt !== null || (signOn && signOn.state !== "withdrawn");
  return takesSignOns(circulation, now) && !answered;
}

function article(
  page: PageContext,
  view: DraftView,
  title: string,
  blocks: readonly Block[],
  placed: ReadonlyMap<unknown, readonly Thread[]>,
): Html {
  const { seat, language } = view;
  const { addressees, initiators } = seat.draft.document;
  // Addressees stand in the letter's own language, so far as the interface speaks it.
  const inside = isLanguage(language) ? translator(language) : page.t;
  return html`<article class="letter draft" lang="${language}" dir="${directionOf(language)}">
${watermark(inviteeName(seat.invitee))}
${first(page, view)}
<h1${title.length > 80 && html` class="long"`}>${title}</h1>
${addressees.length > 0 && html`<p class="to">${inside.html("letter.to", { addressees: inside.listHtml(addressees.map((one) => name(one.name))) })}</p>`}
${blocks.map((block, index) => passage(page, view, block, index + 1, placed.get(index + 1) ?? []))}
${initiators.length > 0 && html`<ul class="signed">${initiators.map((one) => html`<li>${name(one)}</li>`)}</ul>`}
</article>`;
}

/** That it is confidential, whose copy it is, which draft, and its other languages. */
function first(page: PageContext, { seat, token, language }: DraftView): Html {
  const { t } = page;
  const { draft, invitee } = seat;
  const others = Object.entries(draft.document.texts).filter(([, text]) => text.body.trim() !== "");
  return html`<div class="box example" lang="${page.language}" dir="${directionOf(page.language)}">
<p>${t.html("draft.copy", { name: html`<b>${isolated(inviteeName(invitee))}</b>` })}</p>
<p class="small soft">${t.html("draft.frozen", { number: draft.number, when: whenExactly(page, draft.frozenAt) })}${draft.note && html`<br><span dir="auto">${draft.note}</span>`}</p>
${
  others.length > 1 &&
  html`<nav class="langs noprint" aria-label="${t.text("letter.languages")}">${others.map(([tag]) =>
    tag === language
      ? html`<span aria-current="true" lang="${tag}">${languageName(tag)}</span>`
      : html`<a href="${page.link(withQuery(routes.draft(token), { text: tag }))}" lang="${tag}" hreflang="${tag}">${languageName(tag)}</a>`,
  )}</nav>`
}</div>`;
}

function passage(
  page: PageContext,
  view: DraftView,
  block: Block,
  number: number,
  threads: readonly Thread[],
): Html {
  const { t } = page;
  const path = withQuery(routes.draftComment(view.token), {
    text: view.language,
    paragraph: number,
    draft: view.seat.draft.number,
  });
  return html`<section class="passage" id="p${number}" data-paragraph="${number}" aria-label="${t.text("draft.paragraph", { number })}">
${block.html}
<div class="remarks" lang="${page.language}" dir="${directionOf(page.language)}"><p class="small noprint"><a href="${page.link(path)}">${t.html("draft.comment.here", { vh: (chunks) => html`<span class="vh">${chunks}</span>`, number })}</a></p>
${threadsOf(page, view, threads)}</div>
</section>
`;
}

function comments(
  page: PageContext,
  view: DraftView,
  whole: readonly Thread[],
  gone: readonly Thread[],
  elsewhere: readonly Thread[],
): Html {
  const { t } = page;
  const path = withQuery(routes.draftComment(view.token), { text: view.language });
  return html`<section class="after flow" id="comments" aria-labelledby="comments-h"><h2 id="comments-h">${t.text("draft.comments.whole")}</h2>
${threadsOf(page, view, whole)}
<p class="noprint"><a class="btn line" href="${page.link(path)}">${icon("pen")} ${t.text("draft.comment.whole")}</a></p>
<p class="small soft noprint">${t.text("draft.comments.seen")}</p></section>
${gone.length > 0 && html`<section class="after flow" aria-labelledby="gone-h"><h2 id="gone-h">${t.text("draft.comments.gone")}</h2><p class="small soft">${t.text("draft.comments.gone.text")}</p>${threadsOf(page, view, gone)}</section>`}
${elsewhere.length > 0 && html`<section class="after flow" aria-labelledby="else-h"><h2 id="else-h">${t.text("draft.comments.elsewhere")}</h2>${threadsOf(page, view, elsewhere)}</section>`}`;
}

/**
 * For the script that lets readers choose words: a bar with a button, of which the fields are filled when words are
 * chosen.
 */
function passageBar(page: PageContext, { token, seat, language }: DraftView): Html {
  return html`<form class="passage-bar noprint" id="passage-bar" action="${page.link(routes.draftComment(token))}" method="post" hidden>
<input type="hidden" name="begin" value="yes"><input type="hidden" name="draft" value="${seat.draft.number}"><input type="hidden" name="text" value="${language}"><input type="hidden" name="paragraph" value=""><input type="hidden" name="quote" value="">
<button class="btn">${icon("pen")} ${page.t.text("draft.comment.passage")}</button></form>`;
}
