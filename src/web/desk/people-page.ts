import { type Html, html } from "../../foundation/html.ts";
import { isolated, leftToRight } from "../../foundation/i18n.ts";
import type { ListedAccount } from "../../people/account.ts";
import type { WaitingInvitation } from "../../people/invite.ts";
import type { Session } from "../../people/session.ts";
import { routes } from "../../routes.ts";
import type { PageContext } from "../deps.ts";
import { icon } from "../icons.ts";
import { when } from "../when.ts";
import { deskLayout } from "./layout.ts";
import { table } from "./table.ts";

/** What has been done just now. */
export const peopleNotes = ["invited", "withdrawn", "changed", "removed"] as const;

/** Everybody who has an account, and who is invited. */
export function peoplePage(
  page: PageContext,
  session: Session,
  accounts: readonly ListedAccount[],
  invitations: readonly WaitingInvitation[],
  note?: (typeof peopleNotes)[number],
): Html {
  const { t } = page;
  const title = t.text("desk.nav.people");
  return deskLayout(page, {
    title,
    session,
    nav: "people",
    main: html`<div class="top split"><div class="flow">${note && html`<p class="box" role="status">${t.text(`desk.people.done.${note}`)}</p>`}<h1>${title}</h1></div><a class="btn" href="${page.link(routes.deskInvite())}">${icon("mail")} ${t.text("desk.invite.title")}</a></div>
<section class="hang" aria-labelledby="accounts"><h2 id="accounts">${t.text("desk.people.accounts")}</h2>${accountTable(page, accounts)}</section>
<section class="hang" aria-labelledby="invited"><h2 id="invited">${t.text("desk.people.invited")}</h2>${
      invitations.length > 0
        ? invitationTable(page, invitations)
        : html`<p>${t.text("desk.people.nobodyInvited")}</p>`
    }</section>`,
  });
}

function accountTable(page: PageContext, accounts: readonly ListedAccount[]): Html {
  const { t } = page;
  const columns = [
    t.text("desk.people.name"),
    t.text("desk.people.role"),
    t.text("desk.nav.passkeys"),
    t.text("desk.lastUsed"),
  ];
  return table(
    t.text("desk.people.accounts"),
    columns,
    accounts.map(({ id, name, address, proved, role, passkeys, lastUsedAt }) => [
      html`<a href="${page.link(routes.deskPerson(id))}">${isolated(name)}</a><br><span class="small soft opt">${leftToRight(address)}</span>${!proved && html`<br><span class="state">${icon("wait")} ${t.text("desk.address.unproved")}</span>`}`,
      t.text(`desk.role.${role}`),
      t.number(passkeys),
      lastUsedAt ? when(page, lastUsedAt) : t.text("desk.never"),
    ]),
  );
}

function invitationTable(page: PageContext, invitations: readonly WaitingInvitation[]): Html {
  const { t } = page;
  const columns = [
    t.text("sign.email.label"),
    t.text("desk.people.role"),
    t.text("desk.people.until"),
    { buttons: t.text("desk.people.withdraw") },
  ];
  return table(
    t.text("desk.people.invited"),
    columns,
    invitations.map(({ id, address, role, expiresAt, undeliverableAt }) => [
      html`${leftToRight(address)}${undeliverableAt && html`<br><span class="state bad">${icon("no")} ${t.text("desk.people.undeliverable")}</span>`}`,
      t.text(`desk.role.${role}`),
      when(page, expiresAt),
      html`<form action="${page.link(routes.deskInvitationWithdraw(id))}" method="post"><button class="btn sm line">${t.text("desk.people.withdraw")}<span class="vh"> ${address}</span></button></form>`,
    ]),
  );
}
