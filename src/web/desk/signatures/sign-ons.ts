/** The doors to the signatures of a letter before it is public: sign-ons of its circulation that would be held. */
import type { Context } from "hono";
import { circulationStanding } from "../../../drafting/circulation.ts";
import type { DeskLetter } from "../../../drafting/desk-letter.ts";
import { listQuestionable, lookAtSignOn } from "../../../drafting/sign-on-look.ts";
import { isProblem } from "../../../foundation/problem.ts";
import { routes, withQuery } from "../../../routes.ts";
import type { Deps, Env, Handler } from "../../deps.ts";
import { readForm } from "../../forms.ts";
import { badForm, notFound, privatePage, redirect } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { letterOf } from "../letters/letter-of.ts";
import { signOnNotes, signOnsPage } from "./sign-ons-page.ts";

/** GET /desk/letters/:id/signatures of a draft */
export async function shownSignOns(
  { db, keys }: Deps,
  c: Context<Env>,
  letter: DeskLetter,
): Promise<Response> {
  const asked = c.req.query("done");
  const body = signOnsPage(c.var.page, sessionOf(c), letter, {
    standing: await circulationStanding(db, letter.id),
    questionable: await listQuestionable(db, keys, letter.id),
    note: signOnNotes.find((one) => one === asked),
  });
  return privatePage(c, body);
}

/** POST /desk/letters/:id/signatures/sign-ons/:signOn: finds it good, or takes that back. */
export function sendSignOn(deps: Deps): Handler {
  return async (c) => {
    const letter = await letterOf(deps, c);
    if (!letter) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const { db, keys, clock } = deps;
    const good = form.get("do") === "good";
    const { account } = sessionOf(c);
    const looked = await lookAtSignOn(db, keys, clock, account, letter.id, c.req.param("signOn")!, good);
    const done = isProblem(looked) ? "gone" : good ? "good" : "again";
    return redirect(c, withQuery(routes.deskSignatures(letter.id), { done }));
  };
}
