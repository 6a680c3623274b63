import { followCirculation } from "../../../drafting/news-follow.ts";
import { isProblem } from "../../../foundation/problem.ts";
import type { Deps, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { backTo } from "./circulation.ts";

/** POST /desk/letters/:id/circulation/follow: lets an editor follow it by mail, or no longer. */
export function sendFollow(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const follows = form.get("follow") === "yes";
    await followCirculation(deps.db, sessionOf(c).account.id, letter.id, follows);
    return backTo(c, letter.id, follows ? "followed" : "unfollowed");
  };
}
