/** GET /letters/:slug */
import { findLetterWithAll } from "../../archive/letter.ts";
import { isLanguage } from "../../foundation/i18n.ts";
import { routes, withQuery } from "../../routes.ts";
import { isOpen } from "../../signing/letter.ts";
import type { Deps, Handler } from "../deps.ts";
import { letterPage } from "./letter-page.ts";
import { movedOrNotFound } from "./moved.ts";

/** A letter's page; an address that it had before leads to the present one. */
export function showLetter(deps: Deps): Handler {
  return async (c) => {
    const slug = c.req.param("slug")!;
    const text = readTextLanguage(c.req.query("text"));
    const answer = await deps.pages.answer(
      c,
      { key: withQuery(routes.letter(slug), { text }) },
      async (page) => {
        const found = await findLetterWithAll(deps.db, slug, page.language, text);
        if (!found) return undefined;
        const { letter } = found;
        return { body: letterPage(page, found, isOpen(letter, deps.clock())), letterId: letter.id };
      },
    );
    return answer ?? movedOrNotFound(deps, c, slug, (now) => withQuery(routes.letter(now), { text }));
  };
}

/** The language of the text, where the reader chose another than the interface's: a BCP 47 tag, or nothing. */
export function readTextLanguage(value: string | undefined): string | undefined {
  return value && (isLanguage(value) || /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(value))
    ? value
    : undefined;
}
