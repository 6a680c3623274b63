/** The doors to what was decided, and to taking it back. */
import { isId } from "../../../foundation/ids.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { listLetterTitles } from "../../../letters/titles.ts";
import { routes, withQuery } from "../../../routes.ts";
import { undoDecision } from "../../../signing/decide.ts";
import { listDecisions } from "../../../signing/desk-list.ts";
import type { Deps, Handler } from "../../deps.ts";
import { privatePage, redirect } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { decisionNotes, decisionsPage } from "./decisions-page.ts";

/** GET /desk/review/decisions: `letter` names one, `after` turns the page. */
export function showDecisions(deps: Deps): Handler {
  return async (c) => {
    const asked = c.req.query("letter");
    const letter = isId(asked) ? asked : undefined;
    const { decisions, next } = await listDecisions(deps.db, letter, c.req.query("after"));
    const ids = [...new Set([...(letter ? [letter] : []), ...decisions.map(({ letterId }) => letterId)])];
    const letters = ids.length > 0 ? await listLetterTitles(deps.db, c.var.page.language, ids) : [];
    const note = decisionNotes.find((one) => one === c.req.query("done"));
    return privatePage(
      c,
      decisionsPage(c.var.page, sessionOf(c), { decisions, next, letter, letters, note }),
    );
  };
}

/** POST /desk/review/decisions/:id/undo */
export function sendDecisionUndo(deps: Deps): Handler {
  return async (c) => {
    const { id, name } = sessionOf(c).account;
    const undone = await undoDecision(deps.db, deps.clock, { id, name }, c.req.param("id")!);
    const done = isProblem(undone) ? undone.problem : "undone";
    return redirect(c, withQuery(routes.deskDecisions(), { done }));
  };
}
