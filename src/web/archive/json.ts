/** GET /letters.json and /letters/:slug.json (docs/api.md) */
import { findLetter } from "../../archive/letter.ts";
import { letterJson, lettersJson } from "../../archive/letter-json.ts";
import { listEntries } from "../../archive/list.ts";
import { signatoriesOf } from "../../archive/signatories.ts";
import { listCorrections } from "../../letters/correct-letter.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Deps, Handler } from "../deps.ts";
import { openData } from "../headers.ts";
import { noSuchData } from "../respond.ts";
import { movedOrNoData } from "./moved.ts";

export const jsonType = "application/json; charset=utf-8";

/** Any site may read the data. */
export const jsonHeaders = {
  ...openData,
  "Cross-Origin-Resource-Policy": "cross-origin",
};

/** JSON that people can read too. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Letters on a page of /letters.json. */
const lettersOnPage = 1_000;

/** All letters. */
export function sendLetters(deps: Deps): Handler {
  return async (c) => {
    const { page } = c.var;
    const number = Number(/^[1-9][0-9]{0,6}$/.exec(c.req.query("page") ?? "")?.[0] ?? 1);
    const key = withQuery(routes.lettersJson(), { page: number });
    const answer = await deps.pages.answer(c, { key, type: jsonType, headers: jsonHeaders }, async () => {
      const list = await listEntries(deps.db, "", number, lettersOnPage);
      if (number > list.pages) return undefined;
      return { body: jsonText(lettersJson(list, page.site, page.absolute)) };
    });
    return answer ?? noSuchData();
  };
}

/** One letter. */
export function sendLetter(deps: Deps): Handler {
  return async (c) => {
    const { page } = c.var;
    const slug = c.req.param("file")!.slice(0, -".json".length);
    const options = { key: routes.letterJson(slug), type: jsonType, headers: jsonHeaders };
    const answer = await deps.pages.answer(c, options, async () => {
      const letter = await findLetter(deps.db, slug, "");
      if (!letter) return undefined;
      const signatories = await signatoriesOf(deps.db, letter);
      const corrections = await listCorrections(deps.db, letter.id);
      const body = letterJson(letter, signatories, corrections, page.site.name, page.absolute);
      return { body: jsonText(body), letterId: letter.id };
    });
    return answer ?? movedOrNoData(deps, slug, routes.letterJson);
  };
}
