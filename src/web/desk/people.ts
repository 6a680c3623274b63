/** The owners' doors to the people of the desk. */
import type { Context } from "hono";
import { findDeskLetter } from "../../drafting/desk-letter.ts";
import { removePerson } from "../../drafting/remove-person.ts";
import { isProblem } from "../../foundation/problem.ts";
import { findAccount, letterIdsOfPartner, listAccounts } from "../../people/account.ts";
import { changeRole } from "../../people/change-role.ts";
import { listInvitations, withdrawInvitation } from "../../people/invite.ts";
import { isRole } from "../../people/roles.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../respond.ts";
import { sessionOf } from "./guard.ts";
import { peopleNotes, peoplePage } from "./people-page.ts";
import { personPage } from "./person-page.ts";
import { removePersonPage } from "./remove-person-page.ts";

/** GET /desk/people */
export function showPeople(deps: Deps): Handler {
  return async (c) => {
    const accounts = await listAccounts(deps.db, deps.keys);
    const invitations = await listInvitations(deps.db, deps.keys, deps.clock);
    const note = peopleNotes.find((one) => one === c.req.query("done"));
    return privatePage(c, peoplePage(c.var.page, sessionOf(c), accounts, invitations, note));
  };
}

/** POST /desk/people/invitations/:id/withdraw */
export function sendInvitationWithdraw(deps: Deps): Handler {
  return async (c) => {
    await withdrawInvitation(deps.db, deps.clock, sessionOf(c).account, c.req.param("id")!);
    return redirect(c, withQuery(routes.deskPeople(), { done: "withdrawn" }));
  };
}

/** GET /desk/people/:id */
export function showPerson(deps: Deps): Handler {
  return (c) => shown(deps, c);
}

async function shown(deps: Deps, c: Context<Env>, refusal?: "last-owner"): Promise<Response> {
  const { page } = c.var;
  const account = await findAccount(deps.db, deps.keys, c.req.param("id")!);
  if (!account) return notFound(c);
  const invitedTo = await letterIdsOfPartner(deps.db, account.id);
  const found = await Promise.all(invitedTo.map((one) => findDeskLetter(deps.db, one, page.language)));
  const letters = found.filter((letter) => letter !== undefined);
  return privatePage(c, personPage(page, sessionOf(c), account, letters, refusal), refusal ? 409 : 200);
}

/** POST /desk/people/:id/role */
export function sendPersonRole(deps: Deps): Handler {
  return async (c) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const role = form.get("role");
    if (!isRole(role)) return shown(deps, c);
    const changed = await changeRole(deps.db, deps.clock, sessionOf(c).account, c.req.param("id")!, role);
    if (!isProblem(changed)) return redirect(c, withQuery(routes.deskPeople(), { done: "changed" }));
    return changed.problem === "last-owner" ? shown(deps, c, "last-owner") : notFound(c);
  };
}

/** GET /desk/people/:id/remove */
export function showPersonRemove(deps: Deps): Handler {
  return async (c) => {
    const account = await findAccount(deps.db, deps.keys, c.req.param("id")!);
    if (!account) return notFound(c);
    return privatePage(c, removePersonPage(c.var.page, sessionOf(c), account));
  };
}

/** POST /desk/people/:id/remove */
export function sendPersonRemove(deps: Deps): Handler {
  return async (c) => {
    const removed = await removePerson(deps.db, deps.clock, sessionOf(c).account, c.req.param("id")!);
    if (!isProblem(removed)) return redirect(c, withQuery(routes.deskPeople(), { done: "removed" }));
    return removed.problem === "last-owner" ? shown(deps, c, "last-owner") : notFound(c);
  };
}
