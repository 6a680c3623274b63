/** Letters whose set time has come without their being published. */
import { listUnkept } from "../../../drafting/publish-schedule.ts";
import { routes } from "../../../routes.ts";
import type { Waits } from "./waiting.ts";

export const unkept: Waits = {
  door: "GET deskPublishing",
  async find({ db, clock }, { t }) {
    const [first, ...others] = await listUnkept(db, clock);
    if (!first) return undefined;
    const count = 1 + others.length;
    return {
      count,
      label: t.text("desk.home.unkept", { count }),
      hint: t.text("desk.home.unkept.hint"),
      oldest: first.at,
      path: routes.deskPublishing(first.letterId),
    };
  },
};
