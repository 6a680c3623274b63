import type { Circulation } from "../../../drafting/circulation.ts";
import type { Thread, Whereabouts } from "../../../drafting/comment.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import type { DraftRevision } from "../../../drafting/draft.ts";
import { type Html, html, raw } from "../../../foundation/html.ts";
import { directionOf, languageName } from "../../../foundation/i18n.ts";
import type { Block } from "../../../foundation/markdown.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import { threadBox } from "../../circulation/thread.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";
import { markedBlock, placeInBlock } from "./marked-block.ts";

export interface CommentsView {
  readonly session: Session;
  readonly letter: DeskLetter;
  readonly circulation: Circulation;
  /** The latest frozen one, which is commented on. */
  readonly draft: DraftRevision;
  /** Of the text that is shown. */
  readonly language: string;
  readonly threads: readonly Thread[];
  /** Whether something was said or settled just now. */
  readonly said: boolean;
}

/** The draft's text with the commented words marked, and each comment beside its paragraph; below it on a phone. */
export function commentedText(
  page: PageContext,
  view: CommentsView,
  blocks: readonly Block[],
  placed: ReadonlyMap<Whereabouts | "elsewhere", readonly Thread[]>,
): Html {
  const { t } = page;
  const { language, draft } = view;
  const inOrder = blocks.map((block, index) =>
    (placed.get(index + 1) ?? []).toSorted(
      (a, b) => placeInBlock(block, a.quote!) - placeInBlock(block, b.quote!),
    ),
  );
  const numbers = new Map(inOrder.flat().map(({ id }, index) => [id, index + 1]));
  return html`<section class="commented" aria-labelledby="text"><h2 id="text">${t.text("version.draft", { number: draft.number })}</h2>
${textNav(page, view)}
<article class="letter noted" lang="${language}" dir="${directionOf(language)}">${blocks.map((block, index) => passage(page, view, block, index + 1, inOrder[index]!, numbers))}</article></section>
${!view.circulation.endedAt && passageBar(page, view)}`;
}

/** Where a comment on a passage, or on the whole, is written. */
export function newComment({ letter, draft, language }: CommentsView, paragraph?: number): string {
  const number = paragraph && draft.number;
  return withQuery(routes.deskNewComment(letter.id), { text: language, paragraph, draft: number });
}

/** Threads as an editor may go on with them. */
export function threadsOf(
  page: PageContext,
  { letter, circulation }: CommentsView,
  threads: readonly Thread[] = [],
  numbers: ReadonlyMap<string, number> = new Map(),
): Html[] {
  return threads.map((thread) => {
    const door = circulation.endedAt ? undefined : routes.deskComment(letter.id, thread.id);
    const number = numbers.get(thread.id);
    return threadBox(page, thread, {
      answer: door,
      settle: door,
      passage: number === undefined ? undefined : { number, path: `#q-${thread.id}` },
    });
  });
}

/** The draft's texts, each with how many of its passages are commented on. */
function textNav(page: PageContext, { letter, draft, language, threads }: CommentsView): Html | undefined {
  const { t } = page;
  const texts = Object.entries(draft.document.texts).filter(([, { body }]) => body.trim() !== "");
  if (texts.length < 2) return undefined;
  const link = (tag: string) => {
    const count = threads.filter((one) => one.language === tag && one.paragraph !== null).length;
    const path = withQuery(routes.deskComments(letter.id), { text: tag });
    return html`<li><a href="${page.link(path)}" lang="${tag}" hreflang="${tag}"${raw(tag === language ? ' aria-current="true"' : "")}>${languageName(tag)}</a>${count > 0 && html` <span class="soft">${t.number(count)}</span>`}</li>`;
  };
  return html`<nav class="langs" aria-label="${t.text("letter.languages")}"><ul class="row">${texts.map(([tag]) => link(tag))}</ul></nav>`;
}

function passage(
  page: PageContext,
  view: CommentsView,
  block: Block,
  number: number,
  threads: readonly Thread[],
  numbers: ReadonlyMap<string, number>,
): Html {
  const { t } = page;
  const marks = threads.map(({ id, quote, resolvedAt }) => ({
    quote: quote!,
    loud: resolvedAt === null,
    sign: sign(page, id, numbers.get(id)!),
  }));
  const may = !view.circulation.endedAt && block.words !== "";
  return html`<section class="passage" id="p${number}" data-paragraph="${number}" aria-label="${t.text("draft.paragraph", { number })}">
<div class="wording">${markedBlock(block, marks)}</div>
<div class="remarks" lang="${page.language}" dir="${directionOf(page.language)}">${threadsOf(page, view, threads, numbers)}${may && html`<p class="small noprint"><a href="${page.link(newComment(view, number))}">${t.html("draft.comment.here", { vh: (chunks) => html`<span class="vh">${chunks}</span>`, number })}</a></p>`}</div>
</section>
`;
}

/** After the words: leads to what was said about them. */
function sign({ t, language }: PageContext, id: string, number: number): Html {
  return html`<sup class="ref-after"><a class="ref" id="q-${id}" href="#c-${id}" lang="${language}"><span class="vh">${t.text("draft.comment.one")} </span>${t.number(number)}</a></sup>`;
}

/** For the script that lets readers choose words (client/passage.ts). */
function passageBar(page: PageContext, { letter, draft, language }: CommentsView): Html {
  return html`<form class="passage-bar noprint" id="passage-bar" action="${page.link(routes.deskNewComment(letter.id))}" method="post" hidden>
<input type="hidden" name="begin" value="yes"><input type="hidden" name="draft" value="${draft.number}"><input type="hidden" name="text" value="${language}"><input type="hidden" name="paragraph" value=""><input type="hidden" name="quote" value="">
<button class="btn">${icon("pen")} ${page.t.text("draft.comment.passage")}</button></form>`;
}
