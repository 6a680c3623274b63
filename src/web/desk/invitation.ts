/** The doors behind the link of an invitation, or of the first set-up. */
import { parseEmailAddress } from "../../foundation/email-address.ts";
import { isLanguage } from "../../foundation/i18n.ts";
import { isProblem } from "../../foundation/problem.ts";
import { parseLine } from "../../foundation/text-field.ts";
import { acceptInvitation, findInvitation } from "../../people/accept-invitation.ts";
import { routes } from "../../routes.ts";
import type { Deps, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, privatePage } from "../respond.ts";
import type { FormErrors } from "./field.ts";
import { invitationEndedPage, invitationPage } from "./invitation-page.ts";
import { passkeyDesk } from "./passkey.ts";
import { admit, visitOf } from "./visit.ts";

/** GET /desk/invitations/:token: what it invites to, and a form. Changes nothing. */
export function showInvitation(deps: Deps): Handler {
  return async (c) => {
    const { page, session } = c.var;
    const token = c.req.param("token")!;
    const found = await findInvitation(deps.db, deps.keys, deps.clock, token);
    if (!found) return privatePage(c, invitationEndedPage(page, session), 410);
    const fields = { name: "", email: "", language: page.language };
    return privatePage(c, invitationPage(page, token, found, { fields, errors: {} }));
  };
}

/** POST /desk/invitations/:token: makes the account and lets its owner in; then passkeys are offered. */
export function sendInvitation(deps: Deps): Handler {
  return async (c) => {
    const { page, session } = c.var;
    const token = c.req.param("token")!;
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const found = await findInvitation(deps.db, deps.keys, deps.clock, token);
    if (!found) return privatePage(c, invitationEndedPage(page, session), 410);

    const fields = {
      name: form.get("name") ?? "",
      email: form.get("email") ?? "",
      language: form.get("language") ?? page.language,
    };
    const name = found.knownAs ?? parseLine(fields.name, { max: 100 });
    const email = found.address === undefined ? parseEmailAddress(fields.email) : undefined;
    const language = isLanguage(fields.language) ? fields.language : page.language;
    if (isProblem(name) || (email && isProblem(email))) {
      const errors: FormErrors = {
        ...(isProblem(name) && { name: page.t.text("desk.error.name") }),
        ...(email && isProblem(email) && { email: page.t.text("sign.error.email") }),
      };
      return privatePage(c, invitationPage(page, token, found, { fields, errors }), 422);
    }
    const taken = { name, email, language };
    const entered = await acceptInvitation(deps.db, deps.keys, deps.clock, token, taken, visitOf(c));
    if (isProblem(entered)) return privatePage(c, invitationEndedPage(page, session), 410);
    return admit(deps, c, entered, passkeyDesk(deps) ? routes.deskPasskeys() : routes.desk());
  };
}
