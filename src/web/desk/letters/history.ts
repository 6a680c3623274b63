import type { Deps, Handler } from "../../deps.ts";
import { notFound, privatePage } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { findHistory } from "../history.ts";
import { letterHistoryPage } from "./history-page.ts";
import { letterOf } from "./letter-of.ts";

/** GET /desk/letters/:id/history: what was done to one letter, from its first draft on. */
export function showLetterHistory(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const history = await findHistory(deps, c, letter.id);
    return privatePage(c, letterHistoryPage(c.var.page, sessionOf(c), letter, history));
  };
}
