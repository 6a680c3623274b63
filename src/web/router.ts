/** Which handler answers which URL. */
import { Hono } from "hono";
import { isReady } from "../ops/health.ts";
import { patterns } from "../routes.ts";
import type { Deps, Env } from "./deps.ts";
import { messagePage } from "./message-page.ts";
import { ownFormsOnly, withPage } from "./middleware.ts";
import { notFound, page, plainText } from "./respond.ts";

/** Puts all doors together. */
export function createRouter(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();

  app.get(patterns.healthz, () => plainText("ok\n"));
  app.get(patterns.readyz, async () =>
    (await isReady(deps.db)) ? plainText("ready\n") : plainText("not ready\n", 503),
  );
  app.get(
    patterns.asset,
    (c) =>
      deps.assets.answer(c.req.param("name"), c.req.header("accept-encoding")) ??
      plainText("not found\n", 404),
  );

  app.use(withPage(deps), ownFormsOnly(deps));

  // archive

  // signing

  // mailbox

  app.notFound((c) => notFound(c));
  app.onError((error, c) => {
    deps.log.error({ err: error, method: c.req.method, route: c.req.routePath }, "a request failed");
    if (!c.var.page)
      return plainText("The site cannot answer just now. Please try again in a minute.\n", 503);
    return page(c, messagePage(c.var.page, "error.failed.title", "error.failed.text"), 500);
  });
  return app;
}
