/** The doors to signing behind a private link: sign, also on a condition, confirm a changed text, withdraw, decline. */
import type { Context } from "hono";
import type { Seat } from "../../drafting/invitee.ts";
import { declineDraft } from "../../drafting/invitee-decline.ts";
import { signDraft } from "../../drafting/sign-on-sign.ts";
import { withdrawSignOn } from "../../drafting/sign-on-withdraw.ts";
import { isProblem } from "../../foundation/problem.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, privatePage, redirect } from "../respond.ts";
import { isReturned } from "../signing/sign-fields.ts";
import { atSeat, endedMeanwhile } from "./seat.ts";
import { fieldsOf, parseSignOn } from "./sign-fields.ts";
import { signOnPage } from "./sign-page.ts";

/** GET /drafts/:token/sign */
export function showDraftSign(deps: Deps): Handler {
  return atSeat(deps, (c, seat, token) =>
    privatePage(c, signOnPage(c.var.page, seat, token, { ...fieldsOf(seat), problems: [] }, deps.clock())),
  );
}

/** POST /drafts/:token/sign */
export function sendDraftSign(deps: Deps): Handler {
  return atSeat(deps, async (c, seat, token) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const read = parseSignOn(form, seat);
    const shown = (refusal?: "text-changed" | "signing-closed", status: 409 | 422 = 422) =>
      privatePage(c, signOnPage(c.var.page, seat, token, read.state, deps.clock(), refusal), status);
    if (isReturned(read.entry) || read.state.conditionError) return shown();
    const { email: _, updates: __, ...signatory } = read.entry;
    const signed = await signDraft(deps.db, deps.keys, deps.clock, token, {
      draft: Number(form.get("draft")),
      signatory,
      condition: read.condition,
      language: c.var.page.language,
    });
    if (!isProblem(signed)) return back(c, token, "signed");
    return signed.problem === "link-ended"
      ? endedMeanwhile(deps, c, token, form)
      : shown(signed.problem, 409);
  });
}

/** POST /drafts/:token/renew: signs the words of the latest draft with what was given before. */
export function sendDraftRenew(deps: Deps): Handler {
  return atSeat(deps, async (c, seat, token) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const given = seat.signOn;
    // Only what stood before can be confirmed by a button; everything else is signed by the form.
    const stood = given?.condition === null || given?.outcome === "met";
    if (given?.state !== "to-renew" || !stood) return redirect(c, routes.draftSign(token));
    const signed = await signDraft(deps.db, deps.keys, deps.clock, token, {
      draft: Number(form.get("draft")),
      signatory: given.signatory,
      condition: null,
      language: c.var.page.language,
    });
    if (!isProblem(signed)) return back(c, token, "signed");
    return signed.problem === "link-ended"
      ? endedMeanwhile(deps, c, token, form)
      : redirect(c, routes.draftSign(token));
  });
}

/** POST /drafts/:token/withdraw */
export function sendDraftWithdraw(deps: Deps): Handler {
  return atSeat(deps, async (c, _seat: Seat, token) => {
    await withdrawSignOn(deps.db, deps.keys, deps.clock, token);
    return back(c, token, "withdrawn");
  });
}

/** POST /drafts/:token/decline */
export function sendDraftDecline(deps: Deps): Handler {
  return atSeat(deps, async (c, _seat, token) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const word = (form.get("word") ?? "").replaceAll("\0", "").trim().slice(0, 500);
    const declined = await declineDraft(deps.db, deps.keys, deps.clock, token, word);
    return isProblem(declined) ? endedMeanwhile(deps, c, token, form) : back(c, token, "declined");
  });
}

function back(c: Context<Env>, token: string, done: "signed" | "withdrawn" | "declined"): Response {
  return redirect(c, withQuery(routes.draft(token), { done }));
}
