/** The archive's address: what the reader looks for, and the links that go on from there. Pure. */
import { type Filters, filterNames, parseFilters } from "../../archive/filters.ts";
import { longestQuery } from "../../archive/words.ts";
import { routes, withQuery } from "../../routes.ts";

export interface ListQuery {
  readonly query: string;
  readonly filters: Filters;
  /** From 1. */
  readonly page: number;
}

/** Reads the query of a request. */
export function readListQuery(params: URLSearchParams): ListQuery {
  const page = Number(/^[1-9][0-9]{0,6}$/.exec(params.get("page") ?? "")?.[0] ?? 1);
  return {
    query: (params.get("q") ?? "")
      .replace(/\p{Cc}/gu, " ")
      .trim()
      .slice(0, longestQuery),
    filters: parseFilters((name) => params.get(name) ?? undefined),
    page,
  };
}

/** Whether a form left empty values in the address, which would make it long to share. */
export function hasEmptyValues(params: URLSearchParams): boolean {
  return ["q", ...filterNames].some((name) => params.get(name) === "");
}

/** The one address of a query: names in a fixed order, nothing empty, no first page. */
export function listPath({ query, filters, page }: ListQuery): string {
  return withQuery(routes.archive(), { q: query, ...ordered(filters), page: page > 1 ? page : undefined });
}

function ordered(filters: Filters): Record<string, string | undefined> {
  return Object.fromEntries(filterNames.map((name) => [name, filters[name]]));
}
