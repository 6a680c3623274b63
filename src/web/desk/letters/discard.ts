/** The doors by which a draft is put aside, taken up again, and copied. */
import { copyLetter } from "../../../drafting/copy-letter.ts";
import { discardDraft, restoreDraft } from "../../../drafting/discard.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { Deps, Handler } from "../../deps.ts";
import { notFound, redirect } from "../../respond.ts";
import { sessionOf } from "../guard.ts";

/** POST /desk/letters/:id/discard */
export function sendDiscard(deps: Deps): Handler {
  return async (c) => {
    const id = c.req.param("id")!;
    const done = await discardDraft(deps.db, deps.keys, deps.clock, sessionOf(c).account, id);
    if (!isProblem(done)) return redirect(c, withQuery(routes.deskLetters(), { state: "discarded" }));
    return done.problem === "already-public" ? redirect(c, routes.deskText(id)) : notFound(c);
  };
}

/** POST /desk/letters/:id/take-up */
export function sendTakeUp(deps: Deps): Handler {
  return async (c) => {
    const id = c.req.param("id")!;
    const done = await restoreDraft(deps.db, deps.clock, sessionOf(c).account, id);
    return isProblem(done) && done.problem === "draft-unknown"
      ? notFound(c)
      : redirect(c, routes.deskText(id));
  };
}

/** POST /desk/letters/:id/copy: starts a letter from this one. */
export function sendCopy(deps: Deps): Handler {
  return async (c) => {
    const id = await copyLetter(deps.db, deps.clock, sessionOf(c).account, c.req.param("id")!);
    return id === undefined ? notFound(c) : redirect(c, withQuery(routes.deskText(id), { copied: "yes" }));
  };
}
