import { type Whereabouts, whereaboutsOf } from "../../../drafting/comment.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { renderBlocks } from "../../../foundation/markdown.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { whenExactly } from "../../when.ts";
import { letterFrame } from "../letters/frame.ts";
import { type CommentsView, commentedText, newComment, threadsOf } from "./commented-text.ts";

/** The draft with all that was said about it: on the whole first, then the text with each comment beside its passage. */
export function commentsPage(page: PageContext, view: CommentsView): Html {
  const { t } = page;
  const { session, letter, draft, language, threads } = view;
  const title = t.text("circulation.comments.title");
  const blocks = renderBlocks(draft.document.texts[language]?.body ?? "");
  const words = blocks.map((block) => block.words);
  const placed = Map.groupBy(threads, (thread): Whereabouts | "elsewhere" => {
    if (thread.paragraph === null) return "whole";
    if (!(thread.language in draft.document.texts)) return "gone";
    return thread.language === language ? whereaboutsOf(thread, words) : "elsewhere";
  });
  return letterFrame(page, {
    session,
    letter,
    tab: "circulation",
    title,
    note: view.said && html`<p class="note" role="status">${t.text("draft.done.commented")}</p>`,
    main: html`<section class="hang" aria-labelledby="comments"><h2 id="comments">${title}</h2><div class="flow">${summary(page, view)}
${threadsOf(page, view, placed.get("whole"))}
${!view.circulation.endedAt && html`<p><a class="btn line" href="${page.link(newComment(view))}">${icon("pen")} ${t.text("draft.comment.whole")}</a></p>`}</div></section>
${commentedText(page, view, blocks, placed)}
${placed.has("gone") && html`<section class="hang after" aria-labelledby="gone"><h2 id="gone">${t.text("draft.comments.gone")}</h2><div class="flow"><p class="small soft">${t.text("draft.comments.gone.text")}</p>${threadsOf(page, view, placed.get("gone"))}</div></section>`}`,
  });
}

/** How many there are, on which draft, and its other languages. */
function summary(page: PageContext, { letter, draft, threads }: CommentsView): Html {
  const { t } = page;
  const open = threads.filter(({ resolvedAt }) => resolvedAt === null).length;
  const on = t.html("draft.frozen", { number: draft.number, when: whenExactly(page, draft.frozenAt) });
  return html`<p class="small noprint"><a href="${page.link(routes.deskCirculation(letter.id))}">${t.text("desk.letter.tab.circulation")}</a></p>
<p>${t.text("circulation.comments.count", { open, settled: threads.length - open })} <span class="soft">${on}</span></p>`;
}
