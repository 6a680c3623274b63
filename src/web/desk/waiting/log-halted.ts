/** The log stands still until somebody does something: the writer met what it cannot number, or an old copy was put back. */
import { routes } from "../../../routes.ts";
import { findHalt, isRewound } from "../../../transparency/halt.ts";
import type { Waits } from "./waiting.ts";

export const halted: Waits = {
  door: "GET deskLog",
  async find({ db }, { t }) {
    const halt = await findHalt(db);
    if (!halt) return undefined;
    return {
      count: 1,
      label: t.text("desk.home.halted"),
      hint: t.text("desk.home.contradicted.hint"),
      oldest: halt.since,
      path: routes.deskLog(),
    };
  },
};

export const rewound: Waits = {
  door: "GET deskLog",
  async find({ db, siteLog }, { t }) {
    if (!(await isRewound(db, siteLog))) return undefined;
    return {
      count: 1,
      label: t.text("desk.home.rewound"),
      hint: t.text("desk.home.rewound.hint"),
      path: routes.deskLog(),
    };
  },
};
