/** The doors to one's own account: name, language, sessions. */

import type { Context } from "hono";
import { isLanguage } from "../../foundation/i18n.ts";
import { isProblem } from "../../foundation/problem.ts";
import { parseLine } from "../../foundation/text-field.ts";
import { addressOf, isAddressProved, wantsNews } from "../../people/account.ts";
import { changeAccount } from "../../people/change-account.ts";
import { endOtherSessions, endSession } from "../../people/end-session.ts";
import { listPasskeys } from "../../people/passkey.ts";
import { mayEdit } from "../../people/roles.ts";
import { listSessions } from "../../people/session.ts";
import { routes, withQuery } from "../../routes.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, privatePage, redirect } from "../respond.ts";
import { type AccountState, accountPage } from "./account-page.ts";
import type { FormErrors } from "./field.ts";
import { sessionOf } from "./guard.ts";

const done = ["asked", "proved", "changed"] as const;

/** GET /desk/account */
export function showAccount(deps: Deps): Handler {
  return (c) => shown(deps, c);
}

async function shown(
  deps: Deps,
  c: Context<Env>,
  returned?: AccountState["fields"] & { readonly errors: FormErrors },
): Promise<Response> {
  const session = sessionOf(c);
  const { id } = session.account;
  const body = accountPage(c.var.page, session, {
    fields: returned ?? { ...session.account, news: await wantsNews(deps.db, id) },
    errors: returned?.errors ?? {},
    saved: c.req.query("saved") === "yes",
    ended: c.req.query("sessions") === "ended",
    done: done.find((one) => one === c.req.query("address")),
    address: await addressOf(deps.db, deps.keys, id),
    proved: await isAddressProved(deps.db, id),
    passkeys: await listPasskeys(deps.db, id),
    sessions: await listSessions(deps.db, deps.clock, id),
  });
  return privatePage(c, body, returned ? 422 : 200);
}

/** POST /desk/account: another name, another language of mail, and whether editors are mailed about circulations. */
export function sendAccount(deps: Deps): Handler {
  return async (c) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const { account } = sessionOf(c);
    const typed = form.get("name") ?? "";
    const language = form.get("language") ?? "";
    const news = form.get("news") === "yes";
    const name = parseLine(typed, { max: 100 });
    if (isProblem(name) || !isLanguage(language)) {
      const errors = { name: c.var.page.t.text("desk.error.name") };
      return shown(deps, c, { name: typed, language: account.language, news, errors });
    }
    await changeAccount(deps.db, deps.clock, account, {
      name,
      language,
      // Whoever edits no letters is not asked.
      ...(mayEdit(account.role) && { news }),
    });
    return redirect(c, withQuery(routes.deskAccount(), { saved: "yes" }));
  };
}

/** POST /desk/account/sessions/:id/end */
export function sendSessionEnd(deps: Deps): Handler {
  return async (c) => {
    await endSession(deps.db, deps.clock, sessionOf(c), c.req.param("id")!);
    return redirect(c, `${withQuery(routes.deskAccount(), { sessions: "ended" })}#sessions`);
  };
}

/** POST /desk/account/sessions/end: all but this one. */
export function sendSessionsEnd(deps: Deps): Handler {
  return async (c) => {
    await endOtherSessions(deps.db, deps.clock, sessionOf(c));
    return redirect(c, `${withQuery(routes.deskAccount(), { sessions: "ended" })}#sessions`);
  };
}
