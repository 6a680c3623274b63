/** The doors for signing in at ORCID: from the private page there, and back again. */
import { isProblem } from "../../foundation/problem.ts";
import { routes, withQuery } from "../../routes.ts";
import { authorizeUrl, redeemCode } from "../../signing/orcid.ts";
import { addOrcid, removeOrcid, showOrcid } from "../../signing/own-orcid.ts";
import type { Deps, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, leaveFor, notFound, privatePage, redirect } from "../respond.ts";
import { findJourney, forgetJourney, startJourney } from "./orcid-cookie.ts";
import { lostOrcidPage, orcidNotes, orcidPage } from "./orcid-page.ts";
import { ownEvidence } from "./own-evidence.ts";
import { withConfirmed } from "./with-own.ts";

/** GET /signatures/:token/orcid: asks whether to show the iD; or shows which stands there, with what can be done. */
export function showOrcidPage(deps: Deps): Handler {
  return withConfirmed(deps, async (c, token, signature) => {
    const { orcid } = deps.config;
    const own = await ownEvidence(deps, signature);
    if (!orcid || !own.orcid) return notFound(c);
    const note = orcidNotes.find((one) => one === c.req.query("note"));
    const record = own.standing.find(({ kind }) => kind === "orcid");
    // The form leads to ORCID, which the page's policy has to allow (CSP3 section 6.4.2: redirects count).
    return privatePage(c, orcidPage(c.var.page, token, signature, record, note), 200, orcid.url.origin);
  });
}

/** POST /signatures/:token/orcid: on to ORCID with do=add; show, hide and remove change what stands there. */
export function sendOrcidPage(deps: Deps): Handler {
  const { db, clock, config } = deps;
  return withConfirmed(deps, async (c, token, signature) => {
    const { orcid } = config;
    if (!orcid || signature.signed.kind !== "person") return notFound(c);
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const wish = form.get("do");
    const show = form.get("show") === "yes";
    if (wish === "add") {
      const state = startJourney(deps, c, { token, show });
      return state.carriedBy(leaveFor(authorizeUrl(orcid, callbackUrl(deps), state.value)));
    }
    if (wish === "show") await showOrcid(db, clock, token, show);
    if (wish === "remove") await removeOrcid(db, clock, token);
    await deps.pages.refresh();
    const note = wish === "remove" ? "removed" : "saved";
    return redirect(c, withQuery(routes.signatureOrcid(token), { note }));
  });
}

/**
 * GET /orcid/callback: the browser comes back from ORCID with a code, or without one. Only the browser that was sent
 * there is listened to (RFC 6749 section 10.12): it brings the cookie with the state that it left with.
 */
export function showOrcidCallback(deps: Deps): Handler {
  return async (c) => {
    const { orcid } = deps.config;
    if (!orcid) return notFound(c);
    const journey = findJourney(deps, c, c.req.query("state"));
    if (!journey) return privatePage(c, lostOrcidPage(c.var.page), 403);
    const { token, show } = journey;
    const code = c.req.query("code");
    const outcome = code ? await redeem(deps, token, code, show) : "not-signed-in";
    await deps.pages.refresh();
    const path = withQuery(routes.signatureOrcid(token), { note: outcome, lang: journey.language });
    return forgetJourney(deps, redirect(c, path));
  };

  async function redeem({ config, db, clock, log }: Deps, token: string, code: string, show: boolean) {
    const record = await redeemCode(config.orcid!, callbackUrl(deps), code);
    if (isProblem(record)) {
      log.warn({ reason: record.detail?.reason }, "ORCID did not confirm a sign-in");
      return "orcid-failed";
    }
    const added = await addOrcid(db, clock, token, record, show);
    return isProblem(added) ? added.problem : "added";
  }
}

/** The address that is registered with ORCID (docs/evidence.md). */
function callbackUrl({ config }: Deps): string {
  return config.siteUrl.origin + routes.orcidCallback();
}
