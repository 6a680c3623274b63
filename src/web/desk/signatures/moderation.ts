/** The doors to how a letter takes signatures. */
import { isProblem } from "../../../foundation/problem.ts";
import { routes, withQuery } from "../../../routes.ts";
import { findDeskCounts } from "../../../signing/counts.ts";
import { findModeration, setModeration } from "../../../signing/moderation.ts";
import type { Deps, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { moderationPage } from "./moderation-page.ts";

/** GET /desk/letters/:id/moderation */
export function showModeration(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const rules = await findModeration(deps.db, letter.id);
    const { held } = await findDeskCounts(deps.db, letter.id);
    const saved = c.req.query("saved") !== undefined;
    return privatePage(c, moderationPage(c.var.page, sessionOf(c), letter, rules, held, saved));
  };
}

/** POST /desk/letters/:id/moderation */
export function sendModeration(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const { id, name } = sessionOf(c).account;
    await setModeration(deps.db, deps.clock, { id, name }, letter, {
      holdPeople: form.get("people") === "hold",
      holdOrganisations: form.get("organisations") === "hold",
    });
    return redirect(c, withQuery(routes.deskModeration(letter.id), { saved: 1 }));
  };
}
