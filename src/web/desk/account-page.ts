import { type Html, html } from "../../foundation/html.ts";
import { isolated, leftToRight } from "../../foundation/i18n.ts";
import type { ListedPasskey } from "../../people/passkey.ts";
import { mayEdit } from "../../people/roles.ts";
import type { ListedSession, Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { when, whenExactly } from "../when.ts";
import { errorList, type FormErrors, field, languageSelect } from "./field.ts";
import { deskLayout } from "./layout.ts";
import { checkbox } from "./settings/fields.ts";
import { table } from "./table.ts";

export interface AccountState {
  readonly fields: { readonly name: string; readonly language: string; readonly news: boolean };
  readonly errors: FormErrors;
  readonly saved: boolean;
  /** Whether a session on another device was ended just now. */
  readonly ended: boolean;
  readonly address: string;
  /** Whether its owner has answered a mail to it. */
  readonly proved: boolean;
  /** What was done with the address just now. */
  readonly done: "asked" | "proved" | "changed" | undefined;
  readonly passkeys: readonly ListedPasskey[];
  readonly sessions: readonly ListedSession[];
}

/** Everything that the desk keeps of whoever is there, and what can be done about it. */
export function accountPage(page: PageContext, session: Session, state: AccountState): Html {
  const { t } = page;
  const { fields, errors, saved, ended, done, passkeys, sessions } = state;
  const title = t.text("desk.nav.account");
  const { role } = session.account;
  return deskLayout(page, {
    title: errors.name ? t.text("sign.error.pageTitle", { title }) : title,
    session,
    nav: "account",
    main: html`<div class="top one flow">
${errorList(page, errors)}
${saved && html`<p class="box" role="status">${t.text("own.saved")}</p>`}${done && html`<p class="box" role="status">${t.text(`desk.address.${done}`)}</p>`}
<h1>${title}</h1>
<p>${t.text("desk.account.role", { role: t.text(`desk.role.${role}`) })} ${t.text(`desk.role.${role}.text`)}</p>
</div>
<section class="hang" aria-labelledby="me"><h2 id="me">${t.text("desk.account.me")}</h2>
<form class="fields one" action="${page.link(routes.deskAccount())}" method="post" novalidate>
${field({ name: "name", label: t.text("sign.name.label"), value: fields.name, autocomplete: "name", hint: t.text("desk.name.hint"), required: true, error: errors.name })}
${languageSelect(page, fields.language)}
${mayEdit(role) && checkbox({ name: "news", label: t.text("desk.account.news"), hint: t.text("desk.account.news.hint"), checked: fields.news })}
<button class="btn line">${t.text("desk.save")}</button>
</form></section>
${addressSection(page, state)}
<section class="hang" aria-labelledby="passkeys"><h2 id="passkeys">${t.text("desk.passkeys.title")}</h2>
<div class="one flow">${
      passkeys.length === 0
        ? html`<p>${t.text("desk.passkeys.none")}</p>`
        : html`<ul class="list">${passkeys.map(({ name, createdAt }) => html`<li>${isolated(name)} <span class="soft">${when(page, createdAt)}</span></li>`)}</ul>`
    }
<p><a class="btn line" href="${page.link(routes.deskPasskeys())}">${t.text("desk.account.passkeys")}</a></p></div></section>
<section class="hang" aria-labelledby="sessions"><h2 id="sessions">${t.text("desk.sessions.title")}</h2>
<div class="flow">${ended && html`<p class="note" role="status">${t.text("desk.sessions.ended")}</p>`}<p>${t.text("desk.sessions.text")}</p>
${sessionTable(page, session, sessions)}
${sessions.length > 1 && html`<form action="${page.link(routes.deskSessionsEnd())}" method="post"><button class="btn line">${t.text("desk.sessions.endAll")}</button></form>`}
<form action="${page.link(routes.deskSignOut())}" method="post"><button class="btn line">${t.text("desk.signOut")}</button></form></div></section>`,
  });
}

function addressSection(page: PageContext, { address, proved }: AccountState): Html {
  const { t } = page;
  return html`<section class="hang" aria-labelledby="address"><h2 id="address">${t.text("sign.email.label")}</h2>
<div class="one flow"><p>${leftToRight(address)} ${!proved && html`<span class="state">${icon("wait")} ${t.text("desk.address.unproved")}</span>`}</p>
${!proved && html`<p>${t.text("desk.address.unproved.text")}</p><form action="${page.link(routes.deskOwnAddressAgain())}" method="post"><button class="btn line">${icon("mail")} ${t.text("desk.address.again")}</button></form>`}
<p><a href="${page.link(routes.deskOwnAddress())}">${t.text("desk.address.change")}</a></p></div></section>`;
}

function sessionTable(page: PageContext, own: Session, sessions: readonly ListedSession[]): Html {
  const { t } = page;
  const columns = [
    t.text("desk.sessions.device"),
    t.text("desk.sessions.since"),
    t.text("desk.lastUsed"),
    { buttons: t.text("desk.sessions.end") },
  ];
  return table(
    t.text("desk.sessions.title"),
    columns,
    sessions.map(({ id, device, createdAt, lastUsedAt }) => [
      html`${isolated(device)}${id === own.id && html` <span class="state on">${icon("ok")} ${t.text("desk.sessions.this")}</span>`}`,
      when(page, createdAt),
      whenExactly(page, lastUsedAt),
      id !== own.id &&
        html`<form action="${page.link(routes.deskSessionEnd(id))}" method="post"><button class="btn sm line">${t.text("desk.sessions.end")}<span class="vh"> ${device}</span></button></form>`,
    ]),
  );
}
