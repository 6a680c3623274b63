/** The door by which a signatory signs a later text as well. */
import { isProblem } from "../../foundation/problem.ts";
import { routes, withQuery } from "../../routes.ts";
import { parseSecret } from "../../signing/owner-secret.ts";
import { signNewText } from "../../signing/sign-new-text.ts";
import type { Deps, Handler } from "../deps.ts";
import { readForm } from "../forms.ts";
import { badForm, privatePage, redirect } from "../respond.ts";
import { ownEvidence } from "./own-evidence.ts";
import { ownPage } from "./own-page.ts";
import { withOwn } from "./with-own.ts";

/** POST /signatures/:token/text: signs the text that the page offered, and no other. Twice does no harm. */
export function sendNewText(deps: Deps): Handler {
  return withOwn(deps, async (c, token, own) => {
    const form = await readForm(c);
    if (isProblem(form)) return badForm(c, form.problem);
    const offered = form.get("revision") ?? "";
    const signed = await signNewText(deps.db, deps.keys, deps.clock, token, {
      revision: /^\d{1,9}$/.test(offered) ? Number(offered) : undefined,
      owner: parseSecret(form.get("owner")),
    });
    if (!isProblem(signed)) {
      await deps.pages.refresh();
      return redirect(c, withQuery(routes.signatureReceipt(signed.accessToken), { done: "text" }));
    }
    // Any other refusal (closed or withdrawn a moment ago) shows on the page that follows.
    if (signed.problem !== "text-changed") return redirect(c, routes.signature(token));
    const evidence = await ownEvidence(deps, own.signature);
    return privatePage(c, ownPage(c.var.page, token, own, evidence, "text-changed"), 409);
  });
}
