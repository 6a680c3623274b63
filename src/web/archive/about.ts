/** GET /about, /privacy, /accessibility, /data */
import type { Html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { Deps, Handler, PageContext } from "../deps.ts";
import { notFound } from "../respond.ts";
import { aboutPage, accessibilityPage, dataPage, privacyPage } from "./about-pages.ts";

/** What this site is. */
export const showAbout = (deps: Deps): Handler => show(deps, routes.about(), aboutPage);

/** What is kept, why, and for how long. */
export const showPrivacy = (deps: Deps): Handler => show(deps, routes.privacy(), privacyPage);

/** Whom the site works for. */
export const showAccessibility = (deps: Deps): Handler =>
  show(deps, routes.accessibility(), accessibilityPage);

/** What machines may read. */
export const showData = (deps: Deps): Handler => show(deps, routes.data(), dataPage);

function show(deps: Deps, key: string, render: (page: PageContext) => Html): Handler {
  return async (c) =>
    (await deps.pages.answer(c, { key }, async (page) => ({ body: render(page) }))) ?? notFound(c);
}
