/** The doors to the form: shown, sent, and what follows. */
import type { Context } from "hono";
import { isProblem } from "../../foundation/problem.ts";
import { routes } from "../../routes.ts";
import { findLetter, findOpenLetter, type SignRefusal, signLetter } from "../../signing/sign.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { hasMailbox } from "../mailbox/mailbox.ts";
import { badForm, notFound, page, redirect } from "../respond.ts";
import { sentPage } from "./sent-page.ts";
import { isReturned, parseFields, readFields } from "./sign-fields.ts";
import { notOpenPage, signPage } from "./sign-page.ts";

/** GET /letters/:slug/sign: the form on a page of its own. */
export function showSignForm(deps: Deps): Handler {
  return async (c) => {
    const slug = c.req.param("slug")!;
    const letter = await findOpenLetter(deps.db, deps.clock, slug, c.var.page.language);
    if (isProblem(letter)) return refuse(deps, c, slug, letter.problem);
    return page(c, signPage(c.var.page, letter));
  };
}

/** POST /letters/:slug/sign: takes the form, or shows it again with what needs another look. */
export function sendSignForm(deps: Deps): Handler {
  return async (c) => {
    const { language } = c.var.page;
    const slug = c.req.param("slug")!;
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const letter = await findOpenLetter(deps.db, deps.clock, slug, language);
    if (isProblem(letter)) return refuse(deps, c, slug, letter.problem);
    const entry = parseFields(readFields(form));
    if (isReturned(entry)) return page(c, signPage(c.var.page, letter, entry), 422);
    const taken = await signLetter(deps.db, deps.keys, deps.clock, slug, entry, language);
    return isProblem(taken)
      ? refuse(deps, c, slug, taken.problem)
      : redirect(c, routes.signSent(letter.slug));
  };
}

/** GET /letters/:slug/sign/sent: "look at your inbox". */
export function showSent(deps: Deps): Handler {
  return async (c) => {
    const letter = await findLetter(deps.db, c.req.param("slug")!, c.var.page.language);
    if (!letter || letter.state === "archived") return notFound(c);
    return page(c, sentPage(c.var.page, letter, hasMailbox(deps.config)));
  };
}

async function refuse(deps: Deps, c: Context<Env>, slug: string, refusal: SignRefusal): Promise<Response> {
  const letter = await findLetter(deps.db, slug, c.var.page.language);
  if (!letter || refusal === "letter-unknown") return notFound(c);
  // Closed is gone for good (RFC 9110 section 15.5.11); never open is at odds with what the letter is (15.5.10).
  return page(c, notOpenPage(c.var.page, letter, refusal), refusal === "letter-closed" ? 410 : 409);
}
