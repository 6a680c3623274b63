/** Invitations to the desk that nobody has taken up, and those whose mail came back. */
import { listInvitations } from "../../../people/invite.ts";
import { routes } from "../../../routes.ts";
import type { Waits } from "./waiting.ts";

export const undeliveredInvitations: Waits = {
  door: "GET deskPeople",
  async find({ db, keys, clock }, { t }) {
    const refused = (await listInvitations(db, keys, clock)).filter((one) => one.undeliverableAt !== null);
    if (refused.length === 0) return undefined;
    return {
      count: refused.length,
      label: t.text("desk.home.undelivered", { count: refused.length }),
      hint: t.text("desk.home.undelivered.hint"),
      oldest: refused.map((one) => one.undeliverableAt!).reduce((a, b) => (a < b ? a : b)),
      path: routes.deskPeople(),
    };
  },
};

export const openInvitations: Waits = {
  door: "GET deskPeople",
  async find({ db, keys, clock }, { t }) {
    const open = (await listInvitations(db, keys, clock)).filter((one) => one.undeliverableAt === null);
    if (open.length === 0) return undefined;
    return {
      count: open.length,
      label: t.text("desk.home.invitations", { count: open.length }),
      hint: t.text("desk.home.invitations.hint"),
      path: routes.deskPeople(),
    };
  },
};
