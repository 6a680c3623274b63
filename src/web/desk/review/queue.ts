/** The doors to the queue of held signatures. */
import type { Context } from "hono";
import { isId } from "../../../foundation/ids.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { listLetterTitles } from "../../../letters/titles.ts";
import { routes, withQuery } from "../../../routes.ts";
import { decideNamed, namedLimit } from "../../../signing/decide.ts";
import type { Ruling } from "../../../signing/decision.ts";
import { byLetter, heldLetters, heldSummary, listHeld } from "../../../signing/desk-list.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, privatePage, redirect } from "../../respond.ts";
import type { FormErrors } from "../field.ts";
import { sessionOf } from "../guard.ts";
import { doneNote } from "./done-note.ts";
import { filterQuery, readFilter } from "./filter.ts";
import { forAddress, queuePage } from "./queue-page.ts";
import { noRuling, type RulingFields, readHeldUntil, readRefusal, readRulingFields } from "./ruling.ts";

/** The query of the page, with "why" a signature is held under the name by which the filter knows it. */
export function askedOf(c: Context<Env>): URLSearchParams {
  const asked = new URLSearchParams(c.req.query());
  asked.set("reason", asked.get("why") ?? "");
  return asked;
}

/** GET /desk/review: what is held, the oldest first; filters are in the query. */
export function showReview(deps: Deps): Handler {
  return (c) => shown(deps, c);
}

interface Returned {
  readonly fields: RulingFields;
  readonly checked: readonly string[];
  readonly errors: FormErrors;
}

async function shown(deps: Deps, c: Context<Env>, returned?: Returned): Promise<Response> {
  const { page } = c.var;
  const { db, keys } = deps;
  const filter = readFilter(askedOf(c));
  const [held, summary, counts] = await Promise.all([
    listHeld(db, keys, filter.letter, filter.condition, c.req.query("after")),
    heldSummary(db),
    heldLetters(db),
  ]);
  const ids = new Set([
    ...counts.map(({ letterId }) => letterId),
    ...held.signatures.map(({ letterId }) => letterId),
  ]);
  const titles = ids.size > 0 ? await listLetterTitles(db, page.language, [...ids]) : [];
  const heldOf = new Map(counts.map((one) => [one.letterId, one.held]));
  const unread = Object.fromEntries(filter.unread.map((name) => [name, page.t.text(`review.error.${name}`)]));
  const body = queuePage(page, sessionOf(c), {
    filter,
    held,
    total: summary.held,
    letters: titles.map((one) => ({ ...one, held: heldOf.get(one.id) ?? 0 })),
    fields: returned?.fields ?? noRuling,
    checked: returned?.checked ?? [],
    errors: { ...unread, ...returned?.errors },
    note: doneNote(page, c.req.query()),
  });
  return privatePage(c, body, returned ? 422 : 200);
}

/** POST /desk/review: decides about one signature, or about those that are checked. */
export function sendReview(deps: Deps): Handler {
  return async (c) => {
    const { page } = c.var;
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const one = form.get("one");
    const checked = (one ? [one] : form.getAll("signature[]")).filter(isId).slice(0, namedLimit);
    const fields = readRulingFields(form);
    const back = (errors: FormErrors) => shown(deps, c, { fields, checked, errors });
    if (checked.length === 0) return back({ checked: page.t.text("review.error.none") });
    const verdict = one ? "accept" : form.get("verdict");
    if (verdict !== "accept" && verdict !== "refuse")
      return back({ checked: page.t.text("review.error.verdict") });
    let ruling: Ruling = { verdict: "accept" };
    if (verdict === "refuse") {
      const read = readRefusal(page, fields);
      if ("errors" in read) return back(read.errors);
      ruling = read;
    }
    const { db, keys, clock } = deps;
    const { id, name } = sessionOf(c).account;
    let count = 0;
    let closed = 0;
    let last: string | undefined;
    const groups = await byLetter(db, checked);
    for (const [letterId, ids] of groups) {
      const decided = await decideNamed(
        db,
        keys,
        clock,
        { id, name },
        letterId,
        { ids, state: "held", heldUntil: readHeldUntil(form) },
        ruling,
      );
      if (isProblem(decided)) closed += ids.length;
      else {
        count += decided.count;
        last = decided.decisionId;
      }
    }
    await deps.pages.refresh();
    const done = {
      done: ruling.verdict,
      count,
      closed: closed || undefined,
      undo: groups.size === 1 ? last : undefined,
    };
    return redirect(
      c,
      withQuery(routes.deskReview(), { ...forAddress(filterQuery(readFilter(askedOf(c)))), ...done }),
    );
  };
}
