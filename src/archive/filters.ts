/** The filters of the archive, and the facets by which letters are found under them. */
import { isPlace } from "../foundation/places.ts";
import { addresseeTypes, publisherRoles, stances } from "../letters/letter.ts";
import { isTopicSlug } from "../letters/topic-slug.ts";

/** In the order in which the page shows them. */
export const filterNames = ["topic", "place", "year", "to", "role", "stance", "status"] as const;
export type FilterName = (typeof filterNames)[number];

/** What the reader chose; at most one value a filter. */
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

/** How many letters there are under each value of each filter. */
export type Counts = Readonly<Record<FilterName, ReadonlyMap<string, number>>>;

/** The values of the filters that have the same few values everywhere, in the order in which they are offered. */
export const fixedValues = {
  to: addresseeTypes,
  role: publisherRoles,
  stance: stances,
  status: ["open", "closed", "invited", "archived"],
} as const satisfies Partial<Record<FilterName, readonly string[]>>;

/**
 * Reads the filters from a query. What is not a value of its filter is left out, so that a mistyped link still leads
 * somewhere, and the page says so; a place or year without letters is a value all the same.
 * @param value the first value of a name in the query
 */
export function parseFilters(value: (name: FilterName) => string | undefined): Filters {
  const chosen = filterNames.flatMap((name) => {
    const text = value(name)?.trim();
    return text && isValue(name, text) ? [[name, text] as const] : [];
  });
  return Object.fromEntries(chosen);
}

function isValue(name: FilterName, value: string): boolean {
  if (name === "topic") return isTopicSlug(value);
  if (name === "place") return isPlace(value);
  if (name === "year") return /^[1-9][0-9]{3}$/.test(value);
  return (fixedValues[name] as readonly string[]).includes(value);
}

/** The facets that a letter must have, without those of one filter when it is named. */
export function facetsOf(filters: Filters, without?: FilterName): string[] {
  return filterNames.flatMap((name) => {
    const value = filters[name];
    return value !== undefined && name !== without ? [`${name}:${value}`] : [];
  });
}

/** Sorts counts of facets ("topic:encryption" → 12) under their filters; facets of other kinds are left out. */
export function countsByFilter(counts: Iterable<readonly [string, number]>): Counts {
  const sorted = Object.fromEntries(
    filterNames.map((name): [FilterName, Map<string, number>] => [name, new Map()]),
  ) as Record<FilterName, Map<string, number>>;
  for (const [facet, count] of counts) {
    const colon = facet.indexOf(":");
    sorted[facet.slice(0, colon) as FilterName]?.set(facet.slice(colon + 1), count);
  }
  return sorted;
}
