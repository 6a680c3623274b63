/** The doors by which editors erase one person who was invited: a page that says what goes, and the button on it. */
import type { Context } from "hono";
import { listThreads } from "../../../drafting/comment.ts";
import { type ListedInvitee, listInvitees } from "../../../drafting/invitee.ts";
import { eraseInvitee } from "../../../drafting/invitee-erase.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { routes } from "../../../routes.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { backTo } from "./circulation.ts";
import { erasePage } from "./erase-page.ts";

/** GET /desk/letters/:id/circulation/invitees/:invitee/erase */
export function showInviteeErase(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const invitees = await listInvitees(deps.db, deps.keys, letter.id);
    const invitee = invitees.find(({ id }) => id === c.req.param("invitee"));
    if (!invitee) return notFound(c);
    if (invitee.name === null) return redirect(c, routes.deskCirculation(letter.id));
    const count = await countComments(deps, letter.id, samePerson(invitees, invitee));
    return privatePage(c, erasePage(c.var.page, sessionOf(c), letter, invitee, count));
  };
}

/** POST /desk/letters/:id/circulation/invitees/:invitee/erase */
export function sendInviteeErase(deps: Deps): Handler {
  return async (c: Context<Env>) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const words = form.get("words") === "deleted" ? "deleted" : "kept";
    const actor = sessionOf(c).account;
    const done = await eraseInvitee(deps.db, deps.clock, actor, letter.id, c.req.param("invitee")!, words);
    return isProblem(done) ? notFound(c) : backTo(c, letter.id, "erased");
  };
}

/** A partner may have been invited under several addresses. */
function samePerson(invitees: readonly ListedInvitee[], { id, accountId }: ListedInvitee): string[] {
  return invitees
    .filter((one) => one.id === id || (accountId !== null && one.accountId === accountId))
    .map((one) => one.id);
}

async function countComments({ db }: Deps, letterId: string, ids: readonly string[]): Promise<number> {
  const threads = await listThreads(db, letterId);
  return threads
    .flatMap((thread) => [thread, ...thread.answers])
    .filter(({ inviteeId, body }) => inviteeId !== null && ids.includes(inviteeId) && body !== null).length;
}
