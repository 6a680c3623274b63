/** Signatures that are held for a look. */
import { routes } from "../../../routes.ts";
import { heldSummary } from "../../../signing/desk-list.ts";
import type { Waits } from "./waiting.ts";

export const held: Waits = {
  door: "GET deskReview",
  async find({ db }, { t }) {
    const { held: count, oldest } = await heldSummary(db);
    if (count === 0) return undefined;
    return {
      count,
      label: t.text("desk.home.held", { count }),
      hint: t.text("desk.home.held.hint"),
      oldest: oldest ?? undefined,
      path: routes.deskReview(),
    };
  },
};
