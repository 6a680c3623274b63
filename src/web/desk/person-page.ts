import type { DeskLetter } from "../../drafting/desk-letter.ts";
import { type Html, html } from "../../foundation/html.ts";
import { isolated, languageName, leftToRight } from "../../foundation/i18n.ts";
import type { ListedAccount } from "../../people/account.ts";
import { roles } from "../../people/roles.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { when } from "../when.ts";
import { radios } from "./field.ts";
import { deskLayout } from "./layout.ts";

/** One person of the desk, as owners see them. */
export function personPage(
  page: PageContext,
  session: Session,
  account: ListedAccount,
  letters: readonly DeskLetter[],
  refusal?: "last-owner",
): Html {
  const { t } = page;
  const { id, name, address, role, language, createdAt, lastUsedAt, passkeys } = account;
  const choices = roles.map((value) => ({
    value,
    label: t.text(`desk.role.${value}`),
    hint: t.text(`desk.role.${value}.text`),
  }));
  return deskLayout(page, {
    title: name,
    session,
    nav: "people",
    main: html`<div class="top one flow">
${refusal && html`<p class="sum" role="alert" tabindex="-1">${t.text("desk.person.lastOwner")}</p>`}
<p class="row small"><a href="${page.link(routes.deskPeople())}">${t.text("desk.nav.people")}</a></p>
<h1>${isolated(name)}</h1>
<dl class="facts">
<dt>${t.text("sign.email.label")}</dt><dd>${leftToRight(address)}</dd>
<dt>${t.text("signature.language")}</dt><dd lang="${language}">${languageName(language)}</dd>
<dt>${t.text("desk.person.since")}</dt><dd>${when(page, createdAt)}</dd>
<dt>${t.text("desk.lastUsed")}</dt><dd>${lastUsedAt ? when(page, lastUsedAt) : t.text("desk.never")}</dd>
<dt>${t.text("desk.nav.passkeys")}</dt><dd>${t.number(passkeys)}</dd>
${letters.length > 0 && html`<dt>${t.text("desk.person.letters")}</dt>${letters.map(({ id, slug, title, titleLanguage }) => html`<dd lang="${titleLanguage}"><a href="${page.link(slug === null ? routes.deskLetter(id) : routes.letter(slug))}">${isolated(title || t.text("desk.letter.untitled"))}</a></dd>`)}`}
</dl>
</div>
<section class="hang" aria-labelledby="role-heading"><h2 id="role-heading">${t.text("desk.people.role")}</h2>
<form class="fields one" action="${page.link(routes.deskPersonRole(id))}" method="post">
${radios("role", t.text("desk.person.role"), choices, role)}
<button class="btn line">${t.text("desk.person.role.button")}</button>
<p class="hint">${t.text("desk.person.role.hint")}</p>
</form></section>
<section class="hang" aria-labelledby="remove"><h2 id="remove">${t.text("desk.person.remove")}</h2>
<div class="flow one"><p>${t.text("desk.person.remove.before")}</p>
<p><a class="btn line" href="${page.link(routes.deskPersonRemove(id))}">${t.text("desk.person.remove.button")}</a></p></div></section>`,
  });
}
