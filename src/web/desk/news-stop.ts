/** Stopping mail about circulations by the link that stands in it: no signing in, and one click for mail programs. */
import { isNewsLink, stopNews } from "../../drafting/news-follow.ts";
import { html } from "../../foundation/html.ts";
import { routes } from "../../routes.ts";
import type { Deps, Handler } from "../deps.ts";
import { notFound, privatePage } from "../respond.ts";
import { deskLayout } from "./layout.ts";
import { plainDeskPage } from "./plain-page.ts";

/** GET /desk/account/news/:token: asks. Changes nothing: mail scanners open links. */
export function showNewsStop(deps: Deps): Handler {
  return async (c) => {
    const token = c.req.param("token")!;
    if (!(await isNewsLink(deps.db, token))) return notFound(c);
    const { page, session } = c.var;
    const { t } = page;
    const title = t.text("desk.news.title");
    const main = html`<div class="top one flow">
<h1>${title}</h1>
<p>${t.text("desk.news.text")}</p>
<form action="${page.link(routes.deskNewsStop(token))}" method="post"><button class="btn">${t.text("desk.news.button")}</button></form>
</div>`;
    return privatePage(c, deskLayout(page, { title, session, main }));
  };
}

/**
 * POST /desk/account/news/:token: by the button, or by a mail program's one click (RFC 8058), whose body says nothing
 * more.
 */
export function sendNewsStop(deps: Deps): Handler {
  return async (c) => {
    const token = c.req.param("token")!;
    if (!(await isNewsLink(deps.db, token))) return notFound(c);
    await stopNews(deps.db, deps.keys, deps.clock, token);
    const { page, session } = c.var;
    const { t } = page;
    const on = html`<a href="${page.link(routes.deskAccount())}">${t.text("desk.news.again")}</a>`;
    const body = { title: t.text("desk.news.stopped"), text: t.text("desk.news.stopped.text"), on };
    return privatePage(c, plainDeskPage(page, session, body));
  };
}
