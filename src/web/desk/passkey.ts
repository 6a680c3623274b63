/** The doors to signing in by a passkey: what to sign, and what was signed. */
import { isProblem } from "../../foundation/problem.ts";
import { isAddressProved } from "../../people/account.ts";
import { type DeskSite, deskSite } from "../../people/desk-site.ts";
import { askForPasskey, enterByPasskey } from "../../people/enter-by-passkey.ts";
import type { Deps, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, deskJson, notFound, privatePage } from "../respond.ts";
import { turnAway } from "./admission.ts";
import { confirmPage } from "./confirm-page.ts";
import { browserOf, knownBrowser } from "./cookies.ts";
import { deskPath } from "./desk-path.ts";
import { parseShownPasskey } from "./passkey-json.ts";
import { signInPage } from "./sign-in-page.ts";
import { admit, visitOf } from "./visit.ts";

/** A desk for which browsers keep passkeys; undefined for one that is called by an address. */
export function passkeyDesk(deps: Deps): (DeskSite & { readonly rpId: string }) | undefined {
  const desk = deskSite(deps.config.siteUrl);
  return desk.rpId === undefined ? undefined : { ...desk, rpId: desk.rpId };
}

/** POST /desk/passkey/challenge: what a passkey is asked to sign. The same for everybody. */
export function sendPasskeyChallenge(deps: Deps): Handler {
  return async (c) => {
    const desk = passkeyDesk(deps);
    if (!desk) return notFound(c);
    const refused = await turnAway(deps, c);
    if (refused) return refused;
    const browser = browserOf(c, deps);
    return browser.named(deskJson(await askForPasskey(deps.db, deps.clock, desk, browser.hash)));
  };
}

/** POST /desk/passkey: signs in, or shows once more who it is. */
export function sendPasskey(deps: Deps): Handler {
  return async (c) => {
    const desk = passkeyDesk(deps);
    if (!desk) return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const next = deskPath(form.get("next"));
    const refused = await turnAway(deps, c, { next });
    if (refused) return refused;
    const browser = knownBrowser(c, deps);
    const shown = parseShownPasskey(form.get("passkey"));
    const entered =
      browser && shown
        ? await enterByPasskey(deps.db, deps.clock, desk, browser, shown, visitOf(c))
        : undefined;
    if (typeof entered === "string") return admit(deps, c, entered, next);
    const problem = entered?.problem ?? "passkey-refused";
    const body = c.var.session
      ? confirmPage(c.var.page, c.var.session, {
          desk,
          next,
          problem,
          byMail: await isAddressProved(deps.db, c.var.session.account.id),
        })
      : signInPage(c.var.page, { desk, next, address: "", problem });
    return privatePage(c, body, problem === "passkey-locked" ? 429 : 422);
  };
}
