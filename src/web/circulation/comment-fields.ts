/** The fields of a comment, for those invited and for the editors. */
import { type CommentLimit, commentLimits } from "../../drafting/comment-write.ts";
import { type Html, html } from "../../foundation/html.ts";
import type { PageContext } from "../deps.ts";
import { type FormErrors, field, textArea } from "../desk/field.ts";
import type { About, Passage } from "./passage.ts";

export interface CommentFields extends About {
  /** The words of the passage, as they were chosen or typed. */
  readonly quote: string;
  readonly body: string;
  readonly errors: FormErrors;
}

/** A comment on the whole, on a paragraph, or on words of it, which are typed or were chosen. */
export function commentFields(page: PageContext, fields: CommentFields): Html {
  const { t } = page;
  const { draft, language, passage, quote, body, errors } = fields;
  const hint = passage?.words === "" ? "draft.comment.quote.nowhere" : "draft.comment.quote.hint";
  return html`<input type="hidden" name="draft" value="${draft}"><input type="hidden" name="text" value="${language}"><input type="hidden" name="paragraph" value="${passage?.paragraph ?? ""}">
${passage && field({ name: "quote", label: t.text("draft.comment.quote"), value: quote, hint: t.text(hint), error: errors.quote })}
${textArea({ name: "body", label: t.text("draft.comment.label"), value: body, rows: 8, required: true, error: errors.body })}`;
}

/** What is wrong with a comment: nothing in it, or words that do not stand in the paragraph. */
export function commentErrors(
  { t }: PageContext,
  body: string | undefined,
  passage: Passage | undefined,
): FormErrors {
  return {
    ...(passage?.astray && {
      quote: t.text(passage.words === "" ? "draft.comment.nowhere" : "draft.comment.astray"),
    }),
    ...(body === undefined && { body: t.text("draft.comment.error") }),
  };
}

/** That somebody has written as much as one may. */
export function fullErrors({ t }: PageContext, limit: CommentLimit): FormErrors {
  const full = limit === "hour-full" ? "hour" : "letter";
  return { body: t.text(`draft.comment.full.${full}`, { count: commentLimits[full] }) };
}
