/** Finding a letter by its address. */
import type { Queryable } from "../database/open.ts";
import { selectLetterBySlug } from "./store.ts";

/** @returns the letter under this slug, the slug that it has now if this is an old one, or undefined */
export async function findLetterBySlug(
  db: Queryable,
  slug: string,
): Promise<{ readonly id: string; readonly slug: string } | { readonly movedTo: string } | undefined> {
  const found = await selectLetterBySlug(db, slug);
  if (!found) return undefined;
  return found.slug === slug ? found : { movedTo: found.slug };
}
