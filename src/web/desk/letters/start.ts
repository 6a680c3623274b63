/** The doors to a new letter. */
import { startDraft } from "../../../drafting/start-draft.ts";
import { isLanguage } from "../../../foundation/i18n.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { routes } from "../../../routes.ts";
import type { Deps, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, privatePage, redirect } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { startPage } from "./start-page.ts";

/** GET /desk/letters/new */
export function showStart(_deps: Deps): Handler {
  return (c) => privatePage(c, startPage(c.var.page, sessionOf(c)));
}

/** POST /desk/letters/new: starts one, and leads to its text. */
export function sendStart(deps: Deps): Handler {
  return async (c) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const { page } = c.var;
    const asked = form.get("language") ?? undefined;
    const language = isLanguage(asked) ? asked : page.language;
    const title = (form.get("title") ?? "").trim().slice(0, 500);
    const id = await startDraft(deps.db, deps.clock, sessionOf(c).account, language, title);
    return redirect(c, routes.deskLetter(id));
  };
}
