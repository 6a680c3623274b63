import type { Context } from "hono";
import { listActKinds, readerOf, searchHistory } from "../../people/history.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { privatePage } from "../respond.ts";
import { sessionOf } from "./guard.ts";
import { actWords, type HistoryState } from "./history-list.ts";
import { historyPage } from "./history-page.ts";

/** GET /desk/history: what was done, the latest first; `q` searches, `act` filters, `before` turns the page. */
export function showHistory(deps: Deps): Handler {
  return async (c) => privatePage(c, historyPage(c.var.page, sessionOf(c), await findHistory(deps, c)));
}

/** What the address asks for, of the whole site or of one letter. */
export async function findHistory(deps: Deps, c: Context<Env>, letterId?: string): Promise<HistoryState> {
  const query = c.req.query("q")?.slice(0, 200) ?? "";
  const kinds = await listActKinds(deps.db, letterId);
  const act = kinds.find((kind) => kind === c.req.query("act"));
  const before = /^\d{1,15}$/.test(c.req.query("before") ?? "") ? Number(c.req.query("before")) : undefined;
  const reader = readerOf(sessionOf(c).account);
  const called = new Map(kinds.map((kind) => [kind, actWords(c.var.page, kind)]));
  const found = await searchHistory(deps.db, query, { reader, act, letterId, before }, called);
  return { query, act, kinds, ...found };
}
