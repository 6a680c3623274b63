import { isProblem } from "../../foundation/problem.ts";
import { routes, withQuery } from "../../routes.ts";
import { checkDomain } from "../../signing/check-domain.ts";
import type { Deps, Handler } from "../deps.ts";
import { redirect } from "../respond.ts";
import { checkRefusals } from "./own-evidence.ts";
import { withConfirmed } from "./with-own.ts";

/** POST /signatures/:token/check: looks at the organisation's domain. What was found shows on the page that follows. */
export function sendOwnCheck(deps: Deps): Handler {
  return withConfirmed(deps, async (c, token, signature) => {
    const { db, keys, clock, internet, config } = deps;
    const found = await checkDomain(
      db,
      { keys, clock, internet, siteUrl: config.siteUrl },
      { letterId: signature.letter.id, signatureId: signature.id },
      "signatory",
    );
    await deps.pages.refresh();
    const refused = isProblem(found) ? checkRefusals.find((one) => one === found.problem) : undefined;
    return redirect(c, `${withQuery(routes.signature(token), { check: refused })}#evidence`);
  });
}
