/** A site of which its owner has said nothing goes by its host, on every page and in every mail: owners are told of it. */
import { getSite, isNeutral } from "../../../letters/site.ts";
import { routes } from "../../../routes.ts";
import type { Waits } from "./waiting.ts";

export const unnamed: Waits = {
  door: "GET deskSettings",
  async find({ db, config }, { t }) {
    if (!isNeutral(await getSite(db), config.siteUrl)) return undefined;
    return {
      count: 1,
      label: t.text("desk.home.unnamed"),
      hint: t.text("desk.home.unnamed.hint", { host: config.siteUrl.hostname }),
      path: routes.deskSettings(),
    };
  },
};
