/**
 * A comment or an answer while it is written: by those invited (comment-page.ts) and by editors
 * (web/desk/circulation/comment-page.ts), who see the same in different frames.
 */
import type { Thread } from "../../drafting/comment.ts";
import { type Content, type Html, html } from "../../foundation/html.ts";
import { directionOf } from "../../foundation/i18n.ts";
import type { PageContext } from "../deps.ts";
import { type FormErrors, textArea } from "../desk/field.ts";
import { type CommentFields, commentFields } from "./comment-fields.ts";

export interface Say {
  readonly heading: string;
  /** Of the text that it is about. */
  readonly language: string;
  /** Words of the draft that it is about. */
  readonly quote: string | null | undefined;
  /** The comment that is answered. */
  readonly answered?: string | null;
  readonly errors: FormErrors;
  readonly fields: Html;
  readonly button: string;
}

/** A comment on a passage, or on the whole. */
export function commentToSay(page: PageContext, fields: CommentFields): Say {
  const { t } = page;
  const { language, passage, errors } = fields;
  return {
    heading: t.text(passage ? "draft.comment.on" : "draft.comment.whole"),
    language,
    quote: passage?.words,
    errors,
    fields: commentFields(page, fields),
    button: t.text("draft.comment.button"),
  };
}

/** An answer that was empty or too long, or one too many, to be sent again. */
export function answerToSay({ t }: PageContext, thread: Thread, typed: string, errors: FormErrors): Say {
  return {
    heading: t.text("draft.answer"),
    language: thread.language,
    quote: thread.quote,
    answered: thread.body,
    errors,
    fields: textArea({
      name: "body",
      label: t.text("draft.answer.label"),
      value: typed,
      rows: 8,
      required: true,
      error: errors.body,
    }),
    button: t.text("draft.answer.button"),
  };
}

/** What it is about. @param mark lies over the words of the draft, for those invited */
export function aboutPart({ language, quote, answered }: Say, mark?: Html): Html {
  return html`${quote && html`<blockquote class="${mark ? "quoted draft" : "quoted"}" lang="${language}" dir="${directionOf(language)}">${mark}${quote}</blockquote>`}
${answered && html`<blockquote class="quoted" dir="auto">${answered}</blockquote>`}`;
}

/** The form. @param path where it is sent. @param seen who will see it */
export function sayForm(
  page: PageContext,
  { fields, button }: Say,
  { path, seen, look }: { readonly path: string; readonly seen: Content; readonly look: string },
): Html {
  return html`<form class="${look}" action="${page.link(path)}" method="post" novalidate>
${fields}
<p class="hint">${seen}</p>
<button class="btn">${button}</button>
</form>`;
}
