/**
 * Puts the desk into the router. What is behind its doors is loaded when somebody first comes to one of them: it is a
 * third of the code, and readers and signatories need nothing of it (decisions/0004-a-small-young-heap.md).
 */
import type { Hono } from "hono";
import { patterns } from "../../routes.ts";
import type { Deps, Env, Handler } from "../deps.ts";
import { notFound } from "../respond.ts";
import { access } from "./access.ts";

/** Adds every route of the table, each door behind its guard. */
export function addDesk(app: Hono<Env>, deps: Deps): void {
  for (const name of Object.keys(access) as (keyof typeof access)[]) {
    const [method, route] = name.split(" ") as ["GET" | "POST", keyof typeof patterns];
    let door: Handler | undefined;
    app.on(
      method,
      patterns[route],
      async (c, next) => (await import("./guard.ts")).guard(deps, access[name])(c, next),
      async (c) => {
        door ??= (await import("./doors.ts")).doors[name](deps);
        return door(c);
      },
    );
  }
  // Whoever is at the desk stays there at an address that leads nowhere.
  app.all(
    `${patterns.desk}/*`,
    async (c, next) => (await import("./guard.ts")).guard(deps, { for: "anyone" })(c, next),
    (c) => notFound(c),
  );
}
