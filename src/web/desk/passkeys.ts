/** The doors to one's own passkeys. */
import type { Context } from "hono";
import { isProblem } from "../../foundation/problem.ts";
import { parseLine } from "../../foundation/text-field.ts";
import {
  addPasskey,
  listPasskeys,
  offerPasskey,
  removePasskey,
  renamePasskey,
} from "../../people/passkey.ts";
import { routes } from "../../routes.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, deskJson, notFound, privatePage, redirect } from "../respond.ts";
import { browserOf, knownBrowser } from "./cookies.ts";
import { describeDevice } from "./device.ts";
import { sessionOf } from "./guard.ts";
import { passkeyDesk } from "./passkey.ts";
import { parseNewPasskey } from "./passkey-json.ts";
import { type PasskeysNote, passkeysPage } from "./passkeys-page.ts";

/** The longest name of a passkey, in characters. */
const nameLength = 60;

/** GET /desk/account/passkeys */
export function showPasskeys(deps: Deps): Handler {
  return (c) => shown(deps, c);
}

async function shown(deps: Deps, c: Context<Env>, note?: PasskeysNote): Promise<Response> {
  const session = sessionOf(c);
  const passkeys = await listPasskeys(deps.db, session.account.id);
  const body = passkeysPage(c.var.page, session, passkeyDesk(deps), passkeys, note);
  return privatePage(c, body, note ? 422 : 200);
}

/** POST /desk/account/passkeys/challenge: what a browser needs to make one. */
export function sendPasskeyOffer(deps: Deps): Handler {
  return async (c) => {
    const desk = passkeyDesk(deps);
    if (!desk) return notFound(c);
    const browser = browserOf(c, deps);
    const named = { ...desk, name: c.var.page.site.name };
    const { account } = sessionOf(c);
    return browser.named(
      deskJson(await offerPasskey(deps.db, deps.keys, deps.clock, named, account, browser.hash)),
    );
  };
}

/** POST /desk/account/passkeys: adds the one that the browser has made. Without a name it is called after the device. */
export function sendNewPasskey(deps: Deps): Handler {
  return async (c) => {
    const desk = passkeyDesk(deps);
    if (!desk) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const browser = knownBrowser(c, deps);
    const made = parseNewPasskey(form.get("passkey"));
    if (!browser || !made) return shown(deps, c, "passkey-refused");
    const typed = parseLine(form.get("name") ?? "", { max: nameLength });
    if (isProblem(typed) && typed.problem !== "empty") return shown(deps, c, "name");
    const name = isProblem(typed) ? describeDevice(c.req.header("user-agent")) : typed;
    const added = await addPasskey(deps.db, deps.clock, desk, sessionOf(c).account, browser, made, name);
    return isProblem(added) ? shown(deps, c, added.problem) : redirect(c, routes.deskPasskeys());
  };
}

/** POST /desk/account/passkeys/:id/name */
export function sendPasskeyName(deps: Deps): Handler {
  return async (c) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const name = parseLine(form.get("name") ?? "", { max: nameLength });
    if (isProblem(name)) return shown(deps, c, "name");
    await renamePasskey(deps.db, deps.clock, sessionOf(c).account, c.req.param("id")!, name);
    return redirect(c, routes.deskPasskeys());
  };
}

/** POST /desk/account/passkeys/:id/remove */
export function sendPasskeyRemove(deps: Deps): Handler {
  return async (c) => {
    await removePasskey(deps.db, deps.clock, sessionOf(c).account, c.req.param("id")!);
    return redirect(c, routes.deskPasskeys());
  };
}
