/** Letters that have another address now. */
import type { Context } from "hono";
import { findLetterBySlug } from "../../letters/find-letter.ts";
import type { Deps, Env } from "../deps.ts";
import { movedData, noSuchData, notFound, redirect } from "../respond.ts";

/**
 * The answer where no letter has a slug: leads on for good when one had it before, or says that there is none.
 * @param path the same document under another slug
 */
export async function movedOrNotFound(
  deps: Deps,
  c: Context<Env>,
  slug: string,
  path: (slug: string) => string,
): Promise<Response> {
  const letter = await findLetterBySlug(deps.db, slug);
  return letter && "movedTo" in letter ? redirect(c, path(letter.movedTo), 301) : notFound(c);
}

/** The same for a program that asked for data. */
export async function movedOrNoData(
  deps: Deps,
  slug: string,
  path: (slug: string) => string,
): Promise<Response> {
  const letter = await findLetterBySlug(deps.db, slug);
  return letter && "movedTo" in letter ? movedData(path(letter.movedTo)) : noSuchData();
}
