import { findContradictions } from "../../transparency/contradiction.ts";
import { findHalt, isRewound } from "../../transparency/halt.ts";
import type { Deps, Handler } from "../deps.ts";
import { privatePage } from "../respond.ts";
import { sessionOf } from "./guard.ts";
import { logPage } from "./log-page.ts";

/** GET /desk/log: what keeps the log from being signed, and what to do. */
export function showLog({ db, siteLog }: Deps): Handler {
  return async (c) => {
    const [contradictions, halt, rewound] = await Promise.all([
      findContradictions(db, siteLog),
      findHalt(db),
      isRewound(db, siteLog),
    ]);
    return privatePage(c, logPage(c.var.page, sessionOf(c), { contradictions, halt, rewound }));
  };
}
