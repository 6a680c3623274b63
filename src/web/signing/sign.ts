/** The doors to the form: shown, sent, and what follows. */
import type { Context } from "hono";
import { isProblem } from "../../foundation/problem.ts";
import { everOpens } from "../../letters/letter.ts";
import { routes } from "../../routes.ts";
import { findOpenLetter, findSignableLetter, type SignRefusal } from "../../signing/find-letter.ts";
import type { SignableLetter } from "../../signing/letter.ts";
import { admitNetwork } from "../../signing/network-limit.ts";
import { signLetter } from "../../signing/sign.ts";
import { clientNetwork } from "../client-network.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { hasMailbox } from "../mailbox/mailbox.ts";
import { badForm, notFound, page, redirect } from "../respond.ts";
import { sentPage } from "./sent-page.ts";
import { type Fields, isReturned, keptFields, parseFields, readFields } from "./sign-fields.ts";
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
    const fields = readFields(form);
    const entry = parseFields(fields);
    if (isReturned(entry)) return page(c, signPage(c.var.page, letter, entry), 422);
    const network = clientNetwork(c, deps);
    const admitted = network && (await admitNetwork(deps.db, deps.keys, deps.clock, network, "form"));
    if (admitted && isProblem(admitted)) {
      deps.log.warn(
        "a network has sent too many forms; a proxy that is not named in TRUSTED_PROXIES may be one",
      );
      return tooMany(c, letter, keptFields(fields, entry), Number(admitted.detail!.minutes));
    }
    const taken = await signLetter(deps.db, deps.keys, deps.clock, slug, entry, language);
    return isProblem(taken)
      ? refuse(deps, c, slug, taken.problem)
      : redirect(c, routes.signSent(letter.slug));
  };
}

/** GET /letters/:slug/sign/sent: "look at your inbox". */
export function showSent(deps: Deps): Handler {
  return async (c) => {
    const letter = await findSignableLetter(deps.db, c.req.param("slug")!, c.var.page.language);
    if (!letter || !everOpens(letter.state)) return notFound(c);
    return page(c, sentPage(c.var.page, letter, hasMailbox(deps.config)));
  };
}

/** The form with all that was typed, to be sent later. */
function tooMany(c: Context<Env>, letter: SignableLetter, fields: Fields, minutes: number): Response {
  const answer = page(c, signPage(c.var.page, letter, { fields, problems: [] }, minutes), 429);
  answer.headers.set("Retry-After", String(minutes * 60));
  return answer;
}

async function refuse(deps: Deps, c: Context<Env>, slug: string, refusal: SignRefusal): Promise<Response> {
  const letter = await findSignableLetter(deps.db, slug, c.var.page.language);
  if (!letter || refusal === "letter-unknown") return notFound(c);
  // Closed is gone for good (RFC 9110 section 15.5.11); never open is at odds with what the letter is (15.5.10).
  return page(c, notOpenPage(c.var.page, letter, refusal), refusal === "letter-closed" ? 410 : 409);
}
