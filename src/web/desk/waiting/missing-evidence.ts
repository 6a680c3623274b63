/** Organisations under open letters that stand on an address alone. */
import { routes } from "../../../routes.ts";
import { countMissingEvidence } from "../../../signing/missing-evidence.ts";
import type { Waits } from "./waiting.ts";

export const missingEvidence: Waits = {
  door: "GET deskEvidence",
  async find({ db }, { t }) {
    const count = await countMissingEvidence(db);
    if (count === 0) return undefined;
    return {
      count,
      label: t.text("desk.home.evidence", { count }),
      hint: t.text("desk.home.evidence.hint"),
      path: routes.deskEvidence(),
    };
  },
};
