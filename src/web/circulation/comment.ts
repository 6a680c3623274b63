/** The doors to comments behind a private link: on a passage or on the whole, answers, and settling. */
import type { Context } from "hono";
import { listThreads } from "../../drafting/comment.ts";
import { resolveThread } from "../../drafting/comment-resolve.ts";
import { type CommentLimit, type CommentRefusal, writeComment } from "../../drafting/comment-write.ts";
import type { Seat } from "../../drafting/invitee.ts";
import type { Html } from "../../foundation/html.ts";
import { isProblem } from "../../foundation/problem.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Deps, Env, Handler, PageContext } from "../deps.ts";
import type { FormErrors } from "../desk/field.ts";
import { readForm } from "../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../respond.ts";
import { type CommentFields, commentErrors, fullErrors } from "./comment-fields.ts";
import { sayPage } from "./comment-page.ts";
import { aboutOf, type Passage } from "./passage.ts";
import { answerToSay, commentToSay } from "./say.ts";
import { atSeat, endedMeanwhile } from "./seat.ts";

/** The longest comment, in characters. */
const longestComment = 5_000;

/** GET /drafts/:token/comment: the form, on a paragraph or on the whole. */
export function showDraftComment(deps: Deps): Handler {
  return atSeat(deps, async (c, seat, token) => {
    const read = (name: string) => c.req.query(name) ?? "";
    const about = await aboutOf(deps, c, seat.invitee.letterId, seat.draft, read);
    const fields = { ...about, quote: "", body: "", errors: {} };
    return privatePage(c, commentForm(c.var.page, seat, token, fields));
  });
}

function commentForm(page: PageContext, seat: Seat, token: string, fields: CommentFields): Html {
  return sayPage(page, seat, token, commentToSay(page, fields), routes.draftComment(token));
}

/** POST /drafts/:token/comment: shows the form for words that were chosen, or takes the comment. */
export function sendDraftComment(deps: Deps): Handler {
  return atSeat(deps, async (c, seat, token) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const { page } = c.var;
    const read = (name: string) => form.get(name) ?? "";
    const { letterId, id } = seat.invitee;
    const about = await aboutOf(deps, c, letterId, seat.draft, read);
    const { draft, language, passage } = about;
    const typed = { ...about, quote: read("quote"), body: read("body") };
    const again = (fields: CommentFields) => commentForm(page, seat, token, fields);
    if (read("begin") === "yes") return privatePage(c, again({ ...typed, ...chosen(passage), errors: {} }));
    const body = said(typed.body);
    const errors = commentErrors(page, body, passage);
    if (body === undefined || errors.quote) return privatePage(c, again({ ...typed, errors }), 422);
    const written = await writeComment(
      deps.db,
      deps.clock,
      letterId,
      { inviteeId: id },
      { draft, language, body, ...(passage && { passage }) },
    );
    if (isProblem(written))
      return isFull(written.problem)
        ? privatePage(c, again({ ...typed, errors: fullErrors(page, written.problem) }), 429)
        : endedMeanwhile(deps, c, token, form);
    return backTo(c, token, language, written.id);
  });
}

/** POST /drafts/:token/comments/:comment: an answer. */
export function sendDraftAnswer(deps: Deps): Handler {
  return atSeat(deps, async (c, seat, token) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const { page } = c.var;
    const { letterId, id } = seat.invitee;
    const thread = (await listThreads(deps.db, letterId)).find((one) => one.id === c.req.param("comment"));
    if (!thread) return notFound(c);
    const { language } = thread;
    const typed = form.get("body") ?? "";
    const body = said(typed);
    const again = (errors: FormErrors) =>
      sayPage(
        page,
        seat,
        token,
        answerToSay(page, thread, typed, errors),
        routes.draftAnswer(token, thread.id),
      );
    if (body === undefined) return privatePage(c, again(commentErrors(page, body, undefined)), 422);
    const written = await writeComment(
      deps.db,
      deps.clock,
      letterId,
      { inviteeId: id },
      { thread: thread.id, draft: seat.draft.number, language, body },
    );
    if (isProblem(written))
      return isFull(written.problem)
        ? privatePage(c, again(fullErrors(page, written.problem)), 429)
        : endedMeanwhile(deps, c, token, form);
    return backTo(c, token, language, thread.id);
  });
}

/** POST /drafts/:token/comments/:comment/settle */
export function sendDraftSettle(deps: Deps): Handler {
  return atSeat(deps, async (c, seat, token) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const { letterId, id } = seat.invitee;
    const change = form.get("change") === "reopened" ? "reopened" : "resolved";
    const thread = c.req.param("comment")!;
    const done = await resolveThread(deps.db, deps.clock, letterId, { inviteeId: id }, thread, change);
    return isProblem(done) ? notFound(c) : redirect(c, withQuery(routes.draft(token), { done: "settled" }));
  });
}

/** The form for words that a script chose: what does not stand in the paragraph was no choice. */
export function chosen(passage: Passage | undefined): { readonly quote: string } {
  return { quote: passage && !passage.astray ? passage.quote : "" };
}

/** What was written, in lines without blanks around; nothing where it is empty, too long, or no text. */
export function said(typed: string): string | undefined {
  const body = typed.replaceAll(/\r\n?/g, "\n").trim().normalize("NFC");
  const text = body.length > 0 && body.length <= longestComment && !/[\p{Cs}\0]/u.test(body);
  return text ? body : undefined;
}

function isFull(refusal: CommentRefusal): refusal is CommentLimit {
  return refusal === "hour-full" || refusal === "letter-full";
}

function backTo(c: Context<Env>, token: string, text: string, thread: string): Response {
  return redirect(c, `${withQuery(routes.draft(token), { text, done: "commented" })}#c-${thread}`);
}
