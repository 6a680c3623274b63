/** The doors behind a private link: see, take along, correct, withdraw. */
import type { Context } from "hono";
import { isProblem } from "../../foundation/problem.ts";
import { parseLine } from "../../foundation/text-field.ts";
import { routes, withQuery } from "../../routes.ts";
import { correctSignature, stopUpdates } from "../../signing/correct.ts";
import { findOwn, type Owned } from "../../signing/find-own.ts";
import { withdrawSignature } from "../../signing/withdraw.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, privateJson, privatePage, redirect } from "../respond.ts";
import type { FormState } from "./form-parts.ts";
import { isOneClickUpload, saysOneClick } from "./one-click.ts";
import { exported } from "./own-export.ts";
import { ownPage, stoppedPage, unknownOwnPage, withdrawnPage, withdrawPage } from "./own-page.ts";
import { receiptPage } from "./receipt-page.ts";
import { type FieldProblem, readFields } from "./sign-fields.ts";

type Accepted = Extract<Owned, { is: "accepted" }>;

/** Finds the signature of a private link, and answers with it; or says how things stand. */
function withOwn(
  deps: Deps,
  answer: (c: Context<Env>, token: string, own: Accepted) => Promise<Response> | Response,
): Handler {
  return async (c) => {
    const { page } = c.var;
    const token = c.req.param("token")!;
    const own = await findOwn(deps.db, deps.keys, deps.clock, token, page.language);
    if (!own) return privatePage(c, unknownOwnPage(page), 404);
    if (own.is === "withdrawn") return privatePage(c, withdrawnPage(page, own, deps.clock()));
    return answer(c, token, own);
  };
}

/** GET /signatures/:token/receipt */
export function showReceipt(deps: Deps): Handler {
  return withOwn(deps, (c, token, own) => privatePage(c, receiptPage(c.var.page, token, own)));
}

/** GET /signatures/:token, and the same as a file with ?as=json */
export function showOwn(deps: Deps): Handler {
  return withOwn(deps, (c, token, own) => {
    if (c.req.query("as") === "json") return privateJson(exported(own.signature), "signature.json");
    const note = c.req.query("saved") === undefined ? undefined : "saved";
    return privatePage(c, ownPage(c.var.page, token, own, note));
  });
}

/** POST /signatures/:token: corrects; or, from a mail program, stops mail by one click (RFC 8058 section 3.2). */
export function sendCorrection(deps: Deps): Handler {
  return withOwn(deps, async (c, token, own) => {
    const upload = await isOneClickUpload(c);
    const form = upload ? new URLSearchParams() : await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    if (upload || saysOneClick(form)) {
      await stopUpdates(deps.db, deps.clock, token);
      // Read by a machine: nothing of the signature goes back to it.
      return privatePage(c, stoppedPage(c.var.page));
    }
    const fields = readFields(form);
    const problems: FieldProblem[] = [];
    const line = (field: "affiliation" | "role", required: boolean): string | null => {
      const text = parseLine(fields[field]);
      if (!isProblem(text)) return text;
      if (text.problem !== "empty") problems.push({ field, code: text.problem, max: 200 });
      else if (required) problems.push({ field, code: "missing" });
      return null;
    };
    const person = own.signature.signed.kind === "person";
    const correction = {
      affiliation: person ? line("affiliation", false) : null,
      role: line("role", !person),
      updates: fields.updates === "yes",
    };
    if (problems.length > 0) {
      const state: FormState = { fields, problems };
      return privatePage(c, ownPage(c.var.page, token, own, state), 422);
    }
    // A refusal (withdrawn a moment ago) shows on the page that follows.
    await correctSignature(deps.db, deps.clock, token, correction);
    await deps.pages.refresh();
    return redirect(c, withQuery(routes.signature(token), { saved: 1 }));
  });
}

/** GET /signatures/:token/withdraw: asks once more. */
export function showWithdraw(deps: Deps): Handler {
  return withOwn(deps, (c, token, own) => privatePage(c, withdrawPage(c.var.page, token, own)));
}

/** POST /signatures/:token/withdraw */
export function sendWithdraw(deps: Deps): Handler {
  return withOwn(deps, async (c, token) => {
    await withdrawSignature(deps.db, deps.clock, token);
    await deps.pages.refresh();
    return redirect(c, routes.signature(token));
  });
}
