/** Witnesses that have seen another log than this one: nothing is signed until that is settled. */
import { routes } from "../../../routes.ts";
import { findContradictions } from "../../../transparency/contradiction.ts";
import type { Waits } from "./waiting.ts";

export const contradicted: Waits = {
  door: "GET deskLog",
  async find({ db, siteLog }, { t }) {
    const [oldest, ...others] = await findContradictions(db, siteLog);
    if (!oldest) return undefined;
    const count = 1 + others.length;
    return {
      count,
      label: t.text("desk.home.contradicted", { count }),
      hint: t.text("desk.home.contradicted.hint"),
      oldest: oldest.since,
      path: routes.deskLog(),
    };
  },
};
