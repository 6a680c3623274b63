/** The owner's doors to the names that are likely to be forged. */
import type { Context } from "hono";
import { isProblem } from "../../../foundation/problem.ts";
import { parseLine } from "../../../foundation/text-field.ts";
import { routes, withQuery } from "../../../routes.ts";
import { listWatched, setWatchList, watchListEdition, watchListLimit } from "../../../signing/watch-list.ts";
import type { Deps, Env, Handler, PageContext } from "../../deps.ts";
import { readLargeForm } from "../../forms.ts";
import { badForm, privatePage, redirect } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { nameDifference } from "../name-difference.ts";
import { type WatchListTyped, watchListPage } from "./watch-list-page.ts";

/** As many names as a list holds, each as long as a name may be, in the coding of forms. */
const formLimit = 4 * 1024 * 1024;

/** How many lines are named that cannot be used. */
const linesNamed = 10;

/** GET /desk/settings/watch-list */
export function showWatchList(deps: Deps): Handler {
  return async (c) => {
    const names = await listWatched(deps.db);
    return shown(c, { names: names.join("\n"), edition: watchListEdition(names) });
  };
}

function shown(c: Context<Env>, typed: WatchListTyped, error?: string, status: 409 | 422 = 422): Response {
  const saved = c.req.query("saved") === "yes";
  const body = watchListPage(c.var.page, sessionOf(c), { typed, error, saved, changed: status === 409 });
  return privatePage(c, body, error ? status : 200);
}

/** POST /desk/settings/watch-list: the new list, a name a line, in the place of the old one. */
export function sendWatchList(deps: Deps): Handler {
  return async (c) => {
    const { page } = c.var;
    const read = await readLargeForm(c, "file", formLimit);
    if (isProblem(read)) return badForm(c, read.problem);
    const typed: WatchListTyped = {
      names: (read.form.get("names") ?? "").replaceAll("\r\n", "\n"),
      edition: read.form.get("edition") ?? undefined,
    };
    const { names, wrong } = readNames(typed.names);
    if (wrong.length > 0) return shown(c, typed, wrongLines(page, wrong));
    const set = await setWatchList(deps.db, deps.clock, sessionOf(c).account, names, typed.edition);
    if (isProblem(set) && set.problem === "changed-meanwhile") {
      const saved = await listWatched(deps.db);
      // What is saved from here on has been seen.
      const error = page.t.text("settings.changed.names", nameDifference(page, saved, names));
      return shown(c, { ...typed, edition: watchListEdition(saved) }, error, 409);
    }
    return isProblem(set)
      ? shown(c, typed, page.t.text("settings.error.watched", { max: watchListLimit }))
      : redirect(c, withQuery(routes.deskWatchList(), { saved: "yes" }));
  };
}

/** The names, and the numbers of the lines that hold none. Empty lines count for nothing. */
function readNames(typed: string): { readonly names: string[]; readonly wrong: number[] } {
  const names: string[] = [];
  const wrong: number[] = [];
  for (const [index, line] of typed.split("\n").entries()) {
    const name = parseLine(line, { urls: "domain-names" });
    if (!isProblem(name)) names.push(name);
    else if (name.problem !== "empty") wrong.push(index + 1);
  }
  return { names, wrong };
}

function wrongLines({ t }: PageContext, wrong: readonly number[]): string {
  const lines = t.list(wrong.slice(0, linesNamed).map(t.number));
  return t.text("settings.error.lines", { lines, count: wrong.length });
}
