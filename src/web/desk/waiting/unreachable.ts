/** A site that gives no address tells people to write to it and not where: owners are told of it. */
import { findSiteContact } from "../../../people/site-name.ts";
import { routes } from "../../../routes.ts";
import type { Waits } from "./waiting.ts";

export const unreachable: Waits = {
  door: "GET deskSettings",
  async find({ db }, { t }) {
    if ((await findSiteContact(db)) !== null) return undefined;
    return {
      count: 1,
      label: t.text("desk.home.unreachable"),
      hint: t.text("desk.home.unreachable.hint"),
      path: routes.deskSettings(),
    };
  },
};
