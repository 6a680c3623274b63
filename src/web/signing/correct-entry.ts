/** The doors by which what waits for a yes is corrected first. */
import type { Context } from "hono";
import { isProblem } from "../../foundation/problem.ts";
import { routes, withQuery } from "../../routes.ts";
import { type Confirmation, findConfirmation } from "../../signing/confirm.ts";
import { correctEntry } from "../../signing/correct-entry.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, privatePage, redirect } from "../respond.ts";
import { standing } from "./confirm.ts";
import { correctEntryPage } from "./correct-entry-page.ts";
import { filledFields, isReturned, parseFieldsFrom, readFields } from "./sign-fields.ts";

/** GET /confirm/:token/correct: the form with what waits. Changes nothing. */
export function showEntryCorrection(deps: Deps): Handler {
  return withPending(deps, (c, token, { signature }) => {
    const { signed } = signature;
    const state = { fields: filledFields(signed, signed.updates), problems: [] };
    return privatePage(c, correctEntryPage(c.var.page, token, signature, state));
  });
}

/** POST /confirm/:token/correct: takes the form, or shows it again; then the page that asks. */
export function sendEntryCorrection(deps: Deps): Handler {
  return withPending(deps, async (c, token, { signature }) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const fields = readFields(form);
    const entry = parseFieldsFrom(fields, signature.address);
    if (isReturned(entry)) {
      const state = { fields, problems: entry.problems };
      return privatePage(c, correctEntryPage(c.var.page, token, signature, state, "wrong"), 422);
    }
    const { email: _, ...signed } = entry;
    const corrected = await correctEntry(deps.db, deps.clock, token, signed, c.var.page.language);
    if (!isProblem(corrected)) return redirect(c, withQuery(routes.confirm(token), { corrected: 1 }));
    if (corrected.problem !== "too-often") return standing(deps, c);
    const state = { fields, problems: [] };
    return privatePage(c, correctEntryPage(c.var.page, token, signature, state, "often"), 429);
  });
}

/** Finds what waits behind a link, and answers with it; or says how things stand. */
function withPending(
  deps: Deps,
  answer: (
    c: Context<Env>,
    token: string,
    pending: Extract<Confirmation, { is: "pending" }>,
  ) => Promise<Response> | Response,
): Handler {
  return async (c) => {
    const token = c.req.param("token")!;
    const found = await findConfirmation(deps.db, deps.keys, deps.clock, token, c.var.page.language);
    return found?.is === "pending" ? answer(c, token, found) : standing(deps, c);
  };
}
