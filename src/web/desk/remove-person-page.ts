import { type Html, html } from "../../foundation/html.ts";
import { isolated, leftToRight } from "../../foundation/i18n.ts";
import type { ListedAccount } from "../../people/account.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { deskLayout } from "./layout.ts";

/** Asks once more before an account is removed, and says what goes and what stays. */
export function removePersonPage(page: PageContext, session: Session, account: ListedAccount): Html {
  const { t } = page;
  const { id, name, address, role } = account;
  const own = id === session.account.id;
  const title = t.text("desk.person.remove.title");
  const says = (what: "text" | "drafts" | "invited" | "again") =>
    t.text(own ? `desk.person.remove.${what}.own` : `desk.person.remove.${what}`);
  return deskLayout(page, {
    title,
    session,
    nav: "people",
    main: html`<div class="top one flow">
<p class="row small"><a href="${page.link(routes.deskPeople())}">${t.text("desk.nav.people")}</a></p>
<h1>${title}</h1>
<p><b>${isolated(name)}</b><br><span class="small soft">${leftToRight(address)} · ${t.text(`desk.role.${role}`)}</span></p>
${own && html`<p class="note">${t.text("desk.person.remove.own")}</p>`}
</div>
<form class="fields one" action="${page.link(routes.deskPersonRemove(id))}" method="post">
<p>${t.text("desk.person.remove.final")}</p>
<ul class="flow">
<li>${says("text")}</li>
<li>${says("drafts")}</li>
<li>${says("invited")}</li>
<li>${says("again")}</li>
</ul>
<p class="row"><button class="btn">${t.text("desk.person.remove.do")}</button> <a href="${page.link(routes.deskPerson(id))}">${t.text("desk.person.remove.back")}</a></p>
</form>`,
  });
}
