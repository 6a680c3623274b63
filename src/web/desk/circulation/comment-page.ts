import type { Thread } from "../../../drafting/comment.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { directionOf } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes, withQuery } from "../../../routes.ts";
import { type CommentFields, commentFields } from "../../circulation/comment-fields.ts";
import type { PageContext } from "../../deps.ts";
import { errorList, type FormErrors, textArea } from "../field.ts";
import { letterFrame } from "../letters/frame.ts";

interface Said {
  readonly heading: string;
  readonly language: string;
  /** Words of the draft that it is about. */
  readonly quote: string | null | undefined;
  readonly answered?: string | null;
  readonly errors: FormErrors;
  readonly path: string;
  readonly fields: Html;
  readonly button: string;
}

/** An editor's comment on a passage, or on the whole. */
export function commentPage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  fields: CommentFields,
): Html {
  const { t } = page;
  const { language, passage, errors } = fields;
  return sayPage(page, session, letter, {
    heading: t.text(passage ? "draft.comment.on" : "draft.comment.whole"),
    language,
    quote: passage?.words,
    errors,
    path: routes.deskNewComment(letter.id),
    fields: commentFields(page, fields),
    button: t.text("draft.comment.button"),
  });
}

/** An editor's answer that was empty or too long, to be sent again. */
export function answerPage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  thread: Thread,
  typed: string,
): Html {
  const { t } = page;
  const errors = { body: t.text("draft.comment.error") };
  return sayPage(page, session, letter, {
    heading: t.text("draft.answer"),
    language: thread.language,
    quote: thread.quote,
    answered: thread.body,
    errors,
    path: routes.deskComment(letter.id, thread.id),
    fields: textArea({
      name: "body",
      label: t.text("draft.answer.label"),
      value: typed,
      rows: 8,
      required: true,
      error: errors.body,
    }),
    button: t.text("draft.answer.button"),
  });
}

function sayPage(
  page: PageContext,
  session: Session,
  letter: DeskLetter,
  { heading, language, quote, answered, errors, path, fields, button }: Said,
): Html {
  const { t } = page;
  const comments = withQuery(routes.deskComments(letter.id), { text: language });
  return letterFrame(page, {
    session,
    letter,
    tab: "circulation",
    title: heading,
    note: errorList(page, errors),
    main: html`<section class="hang" aria-labelledby="say"><h2 id="say">${heading}</h2><div class="flow one">
<p class="small"><a href="${page.link(comments)}">${t.text("circulation.comments.all")}</a></p>
${quote && html`<blockquote class="quoted" lang="${language}" dir="${directionOf(language)}">${quote}</blockquote>`}
${answered && html`<blockquote class="quoted" dir="auto">${answered}</blockquote>`}
<form class="fields" action="${page.link(path)}" method="post" novalidate>
${fields}
<p class="hint">${t.text("draft.comments.seen")}</p>
<button class="btn">${button}</button>
</form></div></section>`,
  });
}
