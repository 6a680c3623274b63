/** The archive's address: what the reader looks for, and the links that go on from there. Pure. */
import { type Filters, filterNames, parseFilters } from "../../archive/filters.ts";
import { longestQuery } from "../../archive/words.ts";
import { routes, withQuery } from "../../routes.ts";

export interface ListQuery {
  readonly query: string;
  readonly filters: Filters;
  /** What stands for filters in the address and is no value of theirs, as it was written. */
  readonly unknown?: Filters;
  /** From 1. */
  readonly page: number;
}

/** Of a value that no filter has, so many characters are repeated to the reader. */
const longestValue = 100;

/** Reads the query of a request. */
export function readListQuery(params: URLSearchParams): ListQuery {
  const page = Number(/^[1-9][0-9]{0,6}$/.exec(params.get("page") ?? "")?.[0] ?? 1);
  return {
    query: readable(params.get("q") ?? "", longestQuery),
    ...readFilters(params),
    page,
  };
}

function readFilters(params: URLSearchParams): Pick<ListQuery, "filters" | "unknown"> {
  const filters = parseFilters((name) => params.get(name) ?? undefined);
  const written = filterNames.flatMap((name) => {
    const value = filters[name] === undefined ? readable(params.get(name) ?? "", longestValue) : "";
    return value === "" ? [] : [[name, value] as const];
  });
  return { filters, ...(written.length > 0 && { unknown: Object.fromEntries(written) }) };
}

function readable(text: string, longest: number): string {
  return text
    .replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, longest)
    .toWellFormed();
}

/** Whether a form left empty values in the address, which would make it long to share. */
export function hasEmptyValues(params: URLSearchParams): boolean {
  return ["q", ...filterNames].some((name) => params.get(name) === "");
}

/**
 * The one address of a query: names in a fixed order, nothing empty, no first page.
 * @param path of what is asked, other than the archive's page
 */
export function listPath(
  { query, filters, page }: Omit<ListQuery, "unknown">,
  path: string = routes.archive(),
): string {
  return withQuery(path, { q: query, ...ordered(filters), page: page > 1 ? page : undefined });
}

/** The same with what is no filter's value: such a page says so, and is another. */
export function writtenPath({ unknown, ...query }: ListQuery): string {
  return listPath({ ...query, filters: { ...query.filters, ...unknown } });
}

function ordered(filters: Filters): Record<string, string | undefined> {
  return Object.fromEntries(filterNames.map((name) => [name, filters[name]]));
}
