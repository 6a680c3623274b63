/** Finding letters by their address, and by their dates. */
import type { Queryable } from "../database/open.ts";
import { type PartialDate, partialDateFromNumber, partialDateToNumber } from "../foundation/partial-date.ts";
import { selectLettersDated } from "./letter-store.ts";
import { selectLetterBySlug } from "./slug-store.ts";

/** @returns the letter under this slug, the slug that it has now if this is an old one, or undefined */
export async function findLetterBySlug(
  db: Queryable,
  slug: string,
): Promise<{ readonly id: string; readonly slug: string } | { readonly movedTo: string } | undefined> {
  const found = await selectLetterBySlug(db, slug);
  if (!found) return undefined;
  return found.slug === slug ? found : { movedTo: found.slug };
}

/** Every letter of these dates, each at exactly the precision given, with all titles that its texts have had. */
export async function findLettersDated(
  db: Queryable,
  dates: readonly PartialDate[],
): Promise<{ readonly slug: string; readonly date: PartialDate; readonly titles: readonly string[] }[]> {
  const found = await selectLettersDated(db, Array.from(new Set(dates.map(partialDateToNumber))));
  return found.map(({ slug, dated, titles }) => ({ slug, date: partialDateFromNumber(dated), titles }));
}
