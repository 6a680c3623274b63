import type { Thread } from "../../drafting/comment.ts";
import type { Seat } from "../../drafting/invitee.ts";
import { inviteeName } from "../../drafting/invitee.ts";
import { type Html, html } from "../../foundation/html.ts";
import { directionOf, isolated } from "../../foundation/i18n.ts";
import { routes, withQuery } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { errorList, type FormErrors, textArea } from "../desk/field.ts";
import { type CommentFields, commentFields } from "./comment-fields.ts";
import { draftLayout } from "./layout.ts";
import { watermark } from "./watermark.ts";

interface Said {
  readonly heading: string;
  readonly language: string;
  /** Words of the draft that it is about. */
  readonly quote: string | null | undefined;
  /** The comment that is answered. */
  readonly answered?: string | null;
  readonly errors: FormErrors;
  /** Where it is sent. */
  readonly path: string;
  readonly fields: Html;
  readonly button: string;
}

/** A form for a comment. */
export function commentPage(page: PageContext, seat: Seat, token: string, fields: CommentFields): Html {
  const { t } = page;
  const { language, passage, errors } = fields;
  return sayPage(page, seat, token, {
    heading: t.text(passage ? "draft.comment.on" : "draft.comment.whole"),
    language,
    quote: passage?.words,
    errors,
    path: routes.draftComment(token),
    fields: commentFields(page, fields),
    button: t.text("draft.comment.button"),
  });
}

/** An answer that was empty or too long, to be sent again. */
export function answerPage(
  page: PageContext,
  seat: Seat,
  token: string,
  thread: Thread,
  typed: string,
  errors: FormErrors,
): Html {
  const { t } = page;
  return sayPage(page, seat, token, {
    heading: t.text("draft.answer"),
    language: thread.language,
    quote: thread.quote,
    answered: thread.body,
    errors,
    path: routes.draftAnswer(token, thread.id),
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
  { invitee }: Seat,
  token: string,
  { heading, language, quote, answered, errors, path, fields, button }: Said,
): Html {
  const { t } = page;
  const name = inviteeName(invitee);
  return draftLayout(
    page,
    heading,
    html`<div class="top one flow">
${errorList(page, errors)}
<p class="row small"><a href="${page.link(withQuery(routes.draft(token), { text: language }))}">${t.text("draft.back")}</a></p>
<h1>${heading}</h1>
${quote && html`<blockquote class="quoted draft" lang="${language}" dir="${directionOf(language)}">${watermark(name)}${quote}</blockquote>`}
${answered && html`<blockquote class="quoted" dir="auto">${answered}</blockquote>`}
</div>
<form class="fields slip one" action="${page.link(path)}" method="post" novalidate>
${fields}
<p class="hint">${t.html("draft.comment.seen", { name: isolated(name) })}</p>
<button class="btn">${button}</button>
</form>`,
  );
}
