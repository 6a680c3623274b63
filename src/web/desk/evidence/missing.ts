import { listOrganisationsWithoutEvidence } from "../../../signing/missing-evidence.ts";
import type { Deps, Handler } from "../../deps.ts";
import { privatePage } from "../../respond.ts";
import { sessionOf } from "../guard.ts";
import { missingPage } from "./missing-page.ts";

/** GET /desk/evidence: organisations under open letters that stand on an address alone. */
export function showMissingEvidence(deps: Deps): Handler {
  return async (c) => {
    const { page } = c.var;
    const organisations = await listOrganisationsWithoutEvidence(deps.db, page.language);
    return privatePage(c, missingPage(page, sessionOf(c), organisations));
  };
}
