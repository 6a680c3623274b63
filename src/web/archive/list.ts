/** GET / */
import { listLetters, openLetters } from "../../archive/list.ts";
import type { Deps, Handler } from "../deps.ts";
import { notFound, redirect } from "../respond.ts";
import { archivePage } from "./list-page.ts";
import { hasEmptyValues, readListQuery, writtenPath } from "./list-query.ts";

/** How many open letters stand at the top. */
export const featuredAtMost = 3;

/** The archive: a list, or what a search finds. Empty values that a form left in the address are dropped. */
export function showArchive(deps: Deps): Handler {
  return async (c) => {
    const params = new URL(c.req.url).searchParams;
    const query = readListQuery(params);
    const path = writtenPath(query);
    if (hasEmptyValues(params)) return redirect(c, path);
    const answer = await deps.pages.answer(c, { key: path }, async (page) => {
      const found = await listLetters(deps.db, { ...query, language: page.language });
      const whole = !found.searched && Object.keys(found.filters).length === 0 && found.page === 1;
      const open = whole ? await openLetters(deps.db, page.language, featuredAtMost) : [];
      return { body: archivePage(page, query, found, open) };
    });
    return answer ?? notFound(c);
  };
}
