/** Who is told by mail what those invited do, and whether one wants to be told oneself. */
import type { Follower } from "../../../drafting/news.ts";
import { type Html, html } from "../../../foundation/html.ts";
import { isolated } from "../../../foundation/i18n.ts";
import type { Session } from "../../../people/session.ts";
import { routes } from "../../../routes.ts";
import type { PageContext } from "../../deps.ts";
import { icon } from "../../icons.ts";

export function followPart(
  page: PageContext,
  { account }: Session,
  letterId: string,
  followers: readonly Follower[],
): Html {
  const { t } = page;
  const self = followers.find(({ id }) => id === account.id);
  const mailed = followers.filter((one) => one.mailed);
  return html`<section class="hang" id="news" aria-labelledby="news-h"><h2 id="news-h">${t.text("circulation.news")}</h2><div class="flow one">
<p>${t.text("circulation.news.text")}</p>
<p>${mailed.length > 0 ? t.html("circulation.news.told", { names: t.listHtml(mailed.map(({ name }) => isolated(name))) }) : t.text("circulation.news.nobody")}</p>
${self && !self.mailed && html`<p class="note">${t.html("circulation.news.off", { a: (chunks) => html`<a href="${page.link(routes.deskAccount())}">${chunks}</a>` })}</p>`}
<form action="${page.link(routes.deskFollow(letterId))}" method="post"><button class="btn line" name="follow" value="${self ? "no" : "yes"}">${icon("mail")} ${t.text(self ? "circulation.news.unfollow" : "circulation.news.follow")}</button></form></div></section>`;
}
