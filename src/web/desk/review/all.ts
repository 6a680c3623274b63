/** The doors to deciding about all held signatures that are described. */
import type { Context } from "hono";
import { findDeskLetter } from "../../../drafting/desk-letter.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { routes, withQuery } from "../../../routes.ts";
import { decideDescribed, previewLimit } from "../../../signing/decide.ts";
import type { Ruling } from "../../../signing/decision.ts";
import { countDescribed, listHeld } from "../../../signing/desk-list.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../../respond.ts";
import type { FormErrors } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { allPage } from "./all-page.ts";
import { filterQuery, readFilter } from "./filter.ts";
import { askedOf } from "./queue.ts";
import { forAddress } from "./queue-page.ts";
import { noRuling, type RulingFields, readRefusal, readRulingFields } from "./ruling.ts";
import { openShown, sealShown } from "./shown.ts";

/** GET /desk/review/all: whom a decision would touch. */
export function showReviewAll(deps: Deps): Handler {
  return (c) => shown(deps, c);
}

async function shown(
  deps: Deps,
  c: Context<Env>,
  returned?: { readonly status: 409 | 422; readonly fields: RulingFields; readonly errors: FormErrors },
): Promise<Response> {
  const { db, keys, clock } = deps;
  const filter = readFilter(askedOf(c));
  const letter = filter.letter && (await findDeskLetter(db, filter.letter, c.var.page.language));
  if (!letter || filter.unread.length > 0)
    return redirect(c, withQuery(routes.deskReview(), forAddress(filterQuery(filter))));
  const until = clock().toISOString();
  const condition = { ...filter.condition, until };
  const count = await countDescribed(db, keys, letter.id, condition, previewLimit);
  const body = allPage(c.var.page, {
    session: sessionOf(c),
    letter,
    filter,
    count,
    sealed: sealShown(keys, filter, { until, count }),
    first: (await listHeld(db, keys, letter.id, condition)).signatures,
    fields: returned?.fields ?? noRuling,
    errors: returned?.errors ?? {},
  });
  return privatePage(c, body, returned?.status ?? 200);
}

/** POST /desk/review/all: one decision about all of them, carried out in the background. */
export function sendReviewAll(deps: Deps): Handler {
  return async (c) => {
    const { db, keys, clock } = deps;
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const filter = readFilter(askedOf(c));
    if (!filter.letter) return notFound(c);
    const fields = readRulingFields(form);
    let ruling: Ruling = { verdict: "accept" };
    const verdict = form.get("verdict");
    if (verdict === "refuse") {
      const read = readRefusal(c.var.page, fields);
      if ("errors" in read) return shown(deps, c, { status: 422, fields, errors: read.errors });
      ruling = read;
    }
    if (verdict !== "accept" && verdict !== "refuse") return shown(deps, c);
    const again = () => {
      const errors = { verdict: c.var.page.t.text("review.error.changed") };
      return shown(deps, c, { status: 409, fields, errors });
    };
    const seen = openShown(keys, filter, form.get("shown") ?? "");
    if (!seen) return again();
    const { id, name } = sessionOf(c).account;
    const condition = { ...filter.condition, until: seen.until };
    const about = {
      letterId: filter.letter,
      condition,
      atMost: seen.count > previewLimit ? undefined : seen.count,
    };
    const decided = await decideDescribed(db, keys, clock, { id, name }, about, ruling);
    if (isProblem(decided) && decided.problem === "more-than-shown") return again();
    const done = isProblem(decided) ? decided.problem : ruling.verdict;
    return redirect(c, withQuery(routes.deskDecisions(), { done }));
  };
}
