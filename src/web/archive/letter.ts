/** GET /letters/:slug */
import { findLetterWithAll } from "../../archive/letter.ts";
import { isLanguage } from "../../foundation/i18n.ts";
import { findLetterBySlug } from "../../letters/find-letter.ts";
import { routes, withQuery } from "../../routes.ts";
import { isOpen } from "../../signing/letter.ts";
import type { Deps, Handler } from "../deps.ts";
import { notFound, redirect } from "../respond.ts";
import { letterPage } from "./letter-page.ts";

/** A letter's page; an address that it had before leads to the present one. */
export function showLetter(deps: Deps): Handler {
  return async (c) => {
    const { page } = c.var;
    const slug = c.req.param("slug")!;
    const text = readTextLanguage(c.req.query("text"));
    const answer = await deps.pages.answer(c, { key: withQuery(routes.letter(slug), { text }) }, async () => {
      const found = await findLetterWithAll(deps.db, slug, page.language, text);
      if (!found) return undefined;
      const { letter } = found;
      return { body: letterPage(page, found, isOpen(letter, deps.clock())), letterId: letter.id };
    });
    if (answer) return answer;
    const moved = await findLetterBySlug(deps.db, slug);
    return moved && "movedTo" in moved
      ? redirect(c, withQuery(routes.letter(moved.movedTo), { text }), 301)
      : notFound(c);
  };
}

/** The language of the text, where the reader chose another than the interface's: a BCP 47 tag, or nothing. */
function readTextLanguage(value: string | undefined): string | undefined {
  return value && (isLanguage(value) || /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(value))
    ? value
    : undefined;
}
