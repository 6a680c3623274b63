/** GET /letters/:slug.bib and /letters/:slug.csl.json */
import { type Citable, toBibtex, toCsl } from "../../archive/cite.ts";
import { findLetter } from "../../archive/letter.ts";
import { routes } from "../../routes.ts";
import type { Deps, Handler } from "../deps.ts";
import { jsonHeaders, jsonText } from "./json.ts";
import { movedOrNoData } from "./moved.ts";

interface Form {
  readonly ending: string;
  readonly type: string;
  readonly path: (slug: string) => string;
  readonly write: (citable: Citable) => string;
}

/** A letter as BibTeX. */
export const sendBibtex = (deps: Deps): Handler =>
  send(deps, {
    ending: ".bib",
    type: "application/x-bibtex; charset=utf-8",
    path: routes.letterBibtex,
    write: toBibtex,
  });

/** A letter as CSL-JSON. */
export const sendCsl = (deps: Deps): Handler =>
  send(deps, {
    ending: ".csl.json",
    type: "application/vnd.citationstyles.csl+json; charset=utf-8",
    path: routes.letterCsl,
    write: (citable) => jsonText(toCsl(citable)),
  });

/** The original's title is cited, whatever the reader's language. */
function send(deps: Deps, { ending, type, path, write }: Form): Handler {
  return async (c) => {
    const { page } = c.var;
    const file = c.req.param("file")!;
    const slug = file.slice(0, -ending.length);
    const headers = { ...jsonHeaders, "Content-Disposition": `attachment; filename="${file}"` };
    const answer = await deps.pages.answer(c, { key: path(slug), type, headers }, async () => {
      const letter = await findLetter(deps.db, slug, "");
      if (!letter) return undefined;
      const url = page.absolute(routes.letter(slug));
      return { body: write({ letter, url, publisher: page.site.name }), letterId: letter.id };
    });
    return answer ?? movedOrNoData(deps, slug, path);
  };
}
