import { type Html, html } from "../../foundation/html.ts";
import { isolated } from "../../foundation/i18n.ts";
import { linkLife } from "../../people/ask-to-enter.ts";
import type { OpenLink } from "../../people/enter-by-link.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { deskLayout } from "./layout.ts";
import { plainDeskPage } from "./plain-page.ts";

/** Whom the link of a mail lets in. The button acts; the page does not. */
export function linkPage(
  page: PageContext,
  token: string,
  { account, here }: OpenLink,
  session: Session | undefined,
): Html {
  const { t } = page;
  const title = t.text("desk.signIn.title");
  return deskLayout(page, {
    title,
    session,
    main: html`<div class="top one flow">
<h1>${title}</h1>
<p>${t.html("desk.link.text", { name: isolated(account.name), site: isolated(page.site.name) })}</p>
${!here && html`<p class="note">${t.text("desk.link.elsewhere")}</p>`}
<form action="${page.link(routes.deskLink(token))}" method="post">${!here && html`<input type="hidden" name="here" value="yes">`}<button class="btn">${t.text(here ? "desk.link.button" : "desk.link.elsewhere.button")}</button></form>
</div>`,
  });
}

/** A link that is unknown, was used, or is too old. */
export function linkEndedPage(page: PageContext, session: Session | undefined): Html {
  const { t } = page;
  const on = session ? routes.desk() : routes.deskSignIn();
  return plainDeskPage(page, session, {
    title: t.text("confirm.unknown.title"),
    text: t.text("desk.link.ended", { minutes: linkLife / 60_000 }),
    on: html`<a class="btn" href="${page.link(on)}">${t.text(session ? "desk.back" : "desk.link.again")}</a>`,
  });
}
