/** The owners' doors to inviting somebody. */
import type { Context } from "hono";
import { listDeskLetters } from "../../drafting/desk-letter.ts";
import { parseEmailAddress } from "../../foundation/email-address.ts";
import { isLanguage } from "../../foundation/i18n.ts";
import { isProblem } from "../../foundation/problem.ts";
import { listLetterTitles } from "../../letters/titles.ts";
import { invite } from "../../people/invite.ts";
import { isRole } from "../../people/roles.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, privatePage, redirect } from "../respond.ts";
import type { FormErrors } from "./field.ts";
import { sessionOf } from "./guard.ts";
import { type InviteFields, invitePage, type OfferedLetter } from "./invite-page.ts";

/** How many drafts of a stage are offered; the latest. */
const offered = 500;

/** GET /desk/people/invite */
export function showInvite(deps: Deps): Handler {
  return (c) => shown(deps, c, { email: "", role: "editor", language: c.var.page.language, letter: "" }, {});
}

async function shown(
  deps: Deps,
  c: Context<Env>,
  fields: InviteFields,
  errors: FormErrors,
): Promise<Response> {
  const letters = await offeredLetters(deps, c);
  const body = invitePage(c.var.page, sessionOf(c), fields, errors, letters);
  return privatePage(c, body, Object.keys(errors).length > 0 ? 422 : 200);
}

/** POST /desk/people/invite */
export function sendInvite(deps: Deps): Handler {
  return async (c) => {
    const { page } = c.var;
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const read = (name: string) => form.get(name) ?? "";
    const fields = {
      email: read("email"),
      role: read("role"),
      language: read("language"),
      letter: read("letter"),
    };
    const email = parseEmailAddress(fields.email);
    const letter = (await offeredLetters(deps, c)).find(({ value }) => value === fields.letter);
    const partner = fields.role === "partner";
    if (isProblem(email) || !isRole(fields.role) || (partner && !letter)) {
      return shown(deps, c, fields, {
        ...(isProblem(email) && { email: page.t.text("sign.error.email") }),
        ...(!isRole(fields.role) && { role: page.t.text("desk.invite.error.role") }),
        ...(partner && !letter && { letter: page.t.text("desk.invite.error.letter") }),
      });
    }
    const made = await invite(deps.db, deps.keys, deps.clock, sessionOf(c).account, {
      email,
      role: fields.role,
      language: isLanguage(fields.language) ? fields.language : page.language,
      letterId: partner ? letter?.id : undefined,
    });
    if (isProblem(made)) return shown(deps, c, fields, { email: page.t.text("desk.invite.error.known") });
    return redirect(c, withQuery(routes.deskPeople(), { done: "invited" }));
  };
}

/** What a partner can be invited to: letters before they are public, the latest first, and then those that are. */
async function offeredLetters(deps: Deps, c: Context<Env>): Promise<OfferedLetter[]> {
  const { language, t } = c.var.page;
  const drafts = await Promise.all(
    (["circulating", "drafting"] as const).map((stage) =>
      listDeskLetters(deps.db, language, stage, { limit: offered }),
    ),
  );
  return [
    ...drafts.flat().map(({ id, title, titleLanguage, stage }) => ({
      id,
      value: id,
      title: `${title || t.text("desk.letter.untitled")} (${t.text(`desk.stage.${stage}`)})`,
      titleLanguage,
    })),
    ...(await listLetterTitles(deps.db, language)).map((letter) => ({ ...letter, value: letter.slug })),
  ];
}
