/** GET /letters/:slug/revisions/:number */
import { findRevision } from "../../archive/revision.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Deps, Handler } from "../deps.ts";
import { notFound } from "../respond.ts";
import { readTextLanguage } from "./letter.ts";
import { movedOrNotFound } from "./moved.ts";
import { revisionPage } from "./revision-page.ts";

/** A frozen version of a letter's text; under a former address of the letter it leads to the present one. */
export function showRevision(deps: Deps): Handler {
  return async (c) => {
    const slug = c.req.param("slug")!;
    const number = Number(c.req.param("number"));
    if (String(number) !== c.req.param("number")) return notFound(c);
    const text = readTextLanguage(c.req.query("text"));
    const path = (at: string) => withQuery(routes.revision(at, number), { text });
    const answer = await deps.pages.answer(c, { key: path(slug) }, async (page) => {
      const found = await findRevision(deps.db, slug, number, page.language, text);
      return found && { body: revisionPage(page, found), letterId: found.letter.id };
    });
    return answer ?? movedOrNotFound(deps, c, slug, path);
  };
}
