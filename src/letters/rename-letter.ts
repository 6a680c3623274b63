/** Giving a letter another address. */
import type { Transaction } from "../database/open.ts";
import { type Problem, problem } from "../foundation/problem.ts";
import { lockSlugs, selectSlugOwner, updateSlug } from "./slug-store.ts";
import { touchSite } from "./touch.ts";

/**
 * Gives a letter a new slug; the old one redirects for ever. A letter may take back a slug that it had before.
 * @returns a problem when another letter has, or had, this slug
 */
export async function renameLetter(
  trx: Transaction,
  letterId: string,
  slug: string,
): Promise<undefined | Problem<"slug-taken">> {
  await lockSlugs(trx);
  const owner = await selectSlugOwner(trx, slug);
  if (owner !== undefined && owner !== letterId) return problem("slug-taken");
  await updateSlug(trx, letterId, slug);
  await touchSite(trx);
  return undefined;
}
