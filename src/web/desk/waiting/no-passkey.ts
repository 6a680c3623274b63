/** Signing in by mail takes minutes each time: whoever has no passkey is told of it. */
import { deskSite } from "../../../people/desk-site.ts";
import { listPasskeys } from "../../../people/passkey.ts";
import { routes } from "../../../routes.ts";
import type { Waits } from "./waiting.ts";

export const noPasskey: Waits = {
  door: "GET deskPasskeys",
  async find({ db, config }, { t }, { account }) {
    if (deskSite(config.siteUrl).rpId === undefined) return undefined;
    if ((await listPasskeys(db, account.id)).length > 0) return undefined;
    return {
      count: 1,
      label: t.text("desk.home.noPasskey"),
      hint: t.text("desk.home.noPasskey.hint"),
      path: routes.deskPasskeys(),
    };
  },
};
