/** GET /letters.csv (docs/api.md) */
import { lettersCsv } from "../../archive/letters-csv.ts";
import { listEntries } from "../../archive/list.ts";
import { routes } from "../../routes.ts";
import type { Deps, Handler } from "../deps.ts";
import { noSuchData } from "../respond.ts";
import { jsonHeaders } from "./json.ts";
import { listPath, readListQuery } from "./list-query.ts";

/** Letters of one table: it is kept in memory while nothing changes. */
const lettersOfTable = 1_000;

const form = {
  type: "text/csv; charset=utf-8",
  anyLanguage: true,
  headers: { ...jsonHeaders, "Content-Disposition": 'attachment; filename="letters.csv"' },
};

/** All letters, or those under the filters of the archive's page, newest first. */
export function sendLettersCsv(deps: Deps): Handler {
  return async (c) => {
    const { filters, unknown, page } = readListQuery(new URL(c.req.url).searchParams);
    // A table of all letters would pass for one of those that were asked for.
    if (unknown) return noSuchData();
    const key = listPath({ query: "", filters, page }, routes.lettersCsv());
    const answer = await deps.pages.answer(c, { key, ...form }, async ({ absolute }) => {
      const list = await listEntries(deps.db, "", page, lettersOfTable, filters);
      return page > list.pages ? undefined : { body: lettersCsv(list.entries, absolute) };
    });
    return answer ?? noSuchData();
  };
}
