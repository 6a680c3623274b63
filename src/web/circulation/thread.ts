/** Threads of comments, as those invited see them. */
import type { Comment, Thread } from "../../drafting/comment.ts";
import { inviteeName } from "../../drafting/invitee.ts";
import { type Html, html } from "../../foundation/html.ts";
import { directionOf, isolated } from "../../foundation/i18n.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { whenExactly } from "../when.ts";
import type { DraftView } from "./draft-page.ts";

/** What is done with a thread, and where that is sent. */
export interface ThreadDoors {
  /** Absent where nothing can be said any more. */
  readonly answer?: string | undefined;
  /** Absent where this reader may neither settle nor open it. */
  readonly settle?: string | undefined;
  /** Its number in the text beside it, and where its passage stands there. */
  readonly passage?: { readonly number: number; readonly path: string } | undefined;
}

/** Threads with their answers, and forms to answer and to settle. */
export function threadsOf(
  page: PageContext,
  { token, seat }: Pick<DraftView, "token" | "seat">,
  threads: readonly Thread[],
): Html[] {
  return threads.map((thread) =>
    threadBox(page, thread, {
      answer: routes.draftAnswer(token, thread.id),
      settle: thread.inviteeId === seat.invitee.id ? routes.draftSettle(token, thread.id) : undefined,
    }),
  );
}

/** One thread. Settled ones are folded. */
export function threadBox(page: PageContext, thread: Thread, doors: ThreadDoors): Html {
  const { t } = page;
  const { answer, settle, passage } = doors;
  const all = html`${quoted(page, thread, passage)}${[thread, ...thread.answers].map((one) => comment(page, one))}
${(answer || settle) && html`<div class="row noprint">${answer && answerForm(page, thread, answer)}${settle && settleForm(page, thread, settle)}</div>`}`;
  const name = authorName(page, thread);
  const label = t.html("draft.thread.by", { name: isolated(name) });
  return thread.resolvedAt
    ? html`<details class="thread" id="c-${thread.id}"><summary>${icon("ok")} ${label} · ${t.text("draft.thread.settled")}</summary>${all}</details>`
    : html`<div class="thread" id="c-${thread.id}" role="group" aria-label="${t.text("draft.thread.by", { name })}">${all}</div>`;
}

/** How somebody is called beside what they wrote; nobody is named of whom the name is deleted. */
function authorName({ t }: PageContext, { name, organisation }: Comment): string {
  return inviteeName({ name, organisation }) || t.text("draft.somebody");
}

function quoted(
  { t }: PageContext,
  { quote, language }: Thread,
  passage: ThreadDoors["passage"],
): Html | undefined {
  if (quote === null) return undefined;
  const words = quote.length > 240 ? `${quote.slice(0, 240)}…` : quote;
  const text = html`lang="${language}" dir="${directionOf(language)}"`;
  return passage
    ? html`<p class="quoted"><a href="${passage.path}"><span class="ref">${t.number(passage.number)}</span><span class="vh"> ${t.text("draft.comment.toPassage")}</span></a> <q ${text}>${words}</q></p>`
    : html`<blockquote class="quoted" ${text}>${words}</blockquote>`;
}

function comment(page: PageContext, one: Comment): Html {
  const { t } = page;
  return html`<div class="comment" id="m-${one.id}"><p class="small"><b>${isolated(authorName(page, one))}</b>${one.accountId && html` <span class="soft">(${t.text("draft.editor")})</span>`} <span class="soft">${whenExactly(page, one.at)} · ${t.text("draft.number", { number: one.draft })}</span></p>
${one.body === null ? html`<p class="soft">${t.text("draft.comment.deleted")}</p>` : one.body.split(/\n{2,}/).map((paragraph) => html`<p dir="auto" class="said">${paragraph}</p>`)}</div>
`;
}

function answerForm(page: PageContext, thread: Thread, path: string): Html {
  const { t } = page;
  const id = `a-${thread.id}`;
  return html`<details><summary>${t.text("draft.answer")}</summary><form class="flow" action="${page.link(path)}" method="post">
<div><label for="${id}">${t.text("draft.answer.label")}</label><textarea id="${id}" name="body" rows="4" dir="auto" maxlength="5000" required></textarea></div>
<button class="btn sm">${t.text("draft.answer.button")}</button></form></details>`;
}

function settleForm(page: PageContext, thread: Thread, path: string): Html {
  const { t } = page;
  const [change, label] = thread.resolvedAt
    ? (["reopened", "draft.thread.reopen"] as const)
    : (["resolved", "draft.thread.settle"] as const);
  return html`<form action="${page.link(path)}" method="post"><input type="hidden" name="change" value="${change}"><button class="plainly">${t.text(label)}</button></form>`;
}
