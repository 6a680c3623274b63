import { findContradictions } from "../../transparency/contradiction.ts";
import type { Deps, Handler } from "../deps.ts";
import { privatePage } from "../respond.ts";
import { sessionOf } from "./guard.ts";
import { logPage } from "./log-page.ts";

/** GET /desk/log: what witnesses say against the log, and what to do. */
export function showContradictions(deps: Deps): Handler {
  return async (c) =>
    privatePage(c, logPage(c.var.page, sessionOf(c), await findContradictions(deps.db, deps.siteLog)));
}
