/** The editors' doors to the comments on a draft. */
import type { Context } from "hono";
import { type Circulation, findCirculation } from "../../../drafting/circulation.ts";
import { listThreads } from "../../../drafting/comment.ts";
import { resolveThread } from "../../../drafting/comment-resolve.ts";
import { writeComment } from "../../../drafting/comment-write.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { type DraftRevision, findDraftRevision } from "../../../drafting/draft.ts";
import type { Html } from "../../../foundation/html.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { routes, withQuery } from "../../../routes.ts";
import { chosen, said } from "../../circulation/comment.ts";
import { type CommentFields, commentErrors } from "../../circulation/comment-fields.ts";
import { textLanguage } from "../../circulation/draft.ts";
import { aboutOf } from "../../circulation/passage.ts";
import { answerToSay, commentToSay } from "../../circulation/say.ts";
import type { Deps, Env, Handler, PageContext } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../../respond.ts";
import type { FormErrors } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { sayPage } from "./comment-page.ts";
import { commentsPage } from "./comments-page.ts";

/** What is commented on: the latest frozen draft of a letter that circulates, or did. */
interface Commented {
  readonly letter: DeskLetter;
  readonly circulation: Circulation;
  readonly draft: DraftRevision;
}

function onDraft(
  deps: Deps,
  handle: (c: Context<Env>, on: Commented) => Promise<Response> | Response,
): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    const circulation = letter && (await findCirculation(deps.db, letter.id));
    const draft = circulation && (await findDraftRevision(deps.db, letter.id, "latest"));
    return circulation && draft ? handle(c, { letter, circulation, draft }) : notFound(c);
  };
}

/** GET /desk/letters/:id/circulation/comments: `text` names the language of the text that they stand beside. */
export function showComments(deps: Deps): Handler {
  return onDraft(deps, async (c, on) => {
    const body = commentsPage(c.var.page, {
      ...on,
      session: sessionOf(c),
      language: textLanguage(c, on),
      threads: await listThreads(deps.db, on.letter.id),
      said: c.req.query("done") === "said",
    });
    return privatePage(c, body);
  });
}

/** GET /desk/letters/:id/circulation/comment: the form, on a paragraph or on the whole. */
export function showNewComment(deps: Deps): Handler {
  return onDraft(deps, async (c, { letter, draft }) => {
    const about = await aboutOf(deps, c, letter.id, draft, (name) => c.req.query(name) ?? "");
    const fields = { ...about, quote: "", body: "", errors: {} };
    return privatePage(c, commentForm(c, letter, fields));
  });
}

function commentForm(c: Context<Env>, letter: DeskLetter, fields: CommentFields): Html {
  const { page } = c.var;
  return sayPage(page, sessionOf(c), letter, commentToSay(page, fields), routes.deskNewComment(letter.id));
}

/** POST /desk/letters/:id/circulation/comment: shows the form for words that were chosen, or takes the comment. */
export function sendNewComment(deps: Deps): Handler {
  return onDraft(deps, async (c, { letter, draft }) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const read = (name: string) => form.get(name) ?? "";
    const about = await aboutOf(deps, c, letter.id, draft, read);
    const { language, passage } = about;
    const typed = { ...about, quote: read("quote"), body: read("body") };
    if (read("begin") === "yes")
      return privatePage(c, commentForm(c, letter, { ...typed, ...chosen(passage), errors: {} }));
    const body = said(typed.body);
    const errors = commentErrors(c.var.page, body, passage);
    if (body === undefined || errors.quote)
      return privatePage(c, commentForm(c, letter, { ...typed, errors }), 422);
    const actor = sessionOf(c).account;
    const comment = { draft: about.draft, language, body, ...(passage && { passage }) };
    const written = await writeComment(deps.db, deps.clock, letter.id, { actor }, comment);
    if (isProblem(written))
      return privatePage(c, commentForm(c, letter, { ...typed, errors: overErrors(c.var.page) }), 409);
    return back(c, letter.id, { id: written.id, language });
  });
}

/** POST /desk/letters/:id/circulation/comments/:comment: an answer; or settles the thread, or opens it again. */
export function sendComment(deps: Deps): Handler {
  return onDraft(deps, async (c, { letter, draft }) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const session = sessionOf(c);
    const author = { actor: session.account };
    const thread = (await listThreads(deps.db, letter.id)).find(({ id }) => id === c.req.param("comment"));
    if (!thread) return notFound(c);
    const { id, language } = thread;
    const change = form.get("change");
    if (change === "resolved" || change === "reopened") {
      const done = await resolveThread(deps.db, deps.clock, letter.id, author, id, change);
      return isProblem(done) ? notFound(c) : back(c, letter.id, thread);
    }
    const typed = form.get("body") ?? "";
    const body = said(typed);
    const { page } = c.var;
    const again = (errors: FormErrors) => {
      const say = answerToSay(page, thread, typed, errors);
      return sayPage(page, session, letter, say, routes.deskComment(letter.id, id));
    };
    if (body === undefined) return privatePage(c, again(commentErrors(page, body, undefined)), 422);
    const answer = { thread: id, draft: draft.number, language, body };
    const written = await writeComment(deps.db, deps.clock, letter.id, author, answer);
    return isProblem(written) ? privatePage(c, again(overErrors(page)), 409) : back(c, letter.id, thread);
  });
}

/** That the circulation has ended, and with it what can be said about the draft. Whoever typed keeps what was typed. */
function overErrors({ t }: PageContext): FormErrors {
  return { body: t.text("circulation.comments.over") };
}

function back(
  c: Context<Env>,
  letterId: string,
  { id, language }: { id: string; language: string },
): Response {
  const path = withQuery(routes.deskComments(letterId), { text: language, done: "said" });
  return redirect(c, `${path}#c-${id}`);
}
