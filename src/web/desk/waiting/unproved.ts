/** Nobody signs in by an address that was typed and not proved: its owner is reminded. */
import { isAddressProved } from "../../../people/account.ts";
import { routes } from "../../../routes.ts";
import type { Waits } from "./waiting.ts";

export const unproved: Waits = {
  door: "GET deskAccount",
  async find({ db }, { t }, { account }) {
    if (await isAddressProved(db, account.id)) return undefined;
    return {
      count: 1,
      label: t.text("desk.home.unproved"),
      hint: t.text("desk.home.unproved.hint"),
      path: routes.deskAccount(),
    };
  },
};
